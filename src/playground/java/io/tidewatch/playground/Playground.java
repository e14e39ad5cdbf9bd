package io.tidewatch.playground;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.SimulatedControllers;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** Everything that Tidewatch talks to, on loopback and on one scalable clock. */
public final class Playground implements AutoCloseable {

    private final PlaygroundClock clock;
    private final PlaygroundApiServer cluster;
    private final SimulatedControllers controllers;
    private final Operator operator;
    private final Chronicle chronicle;
    private final SlackInbox slack;
    private final MailInbox mail;

    private Playground(Path folder, Instant start, double speed, String operator, SimulationOptions options) {
        warmUp();
        this.clock = PlaygroundClock.startingAt(start, speed);
        this.cluster = PlaygroundApiServer.start(clock);
        createNamespace("shop");
        this.controllers = SimulatedControllers.start(cluster.client(), clock, options);
        this.operator = Operator.start(folder, operator);
        this.chronicle = Chronicle.start(cluster.client(), clock);
        this.slack = SlackInbox.start();
        this.mail = MailInbox.start();
    }

    /**
     * @param folder empty, for the Git remote
     * @param speed simulated seconds per real second
     * @param operator who commits
     */
    public static Playground start(
            Path folder, Instant start, double speed, String operator, SimulationOptions options) {
        return new Playground(folder, start, speed, operator, options);
    }

    /** A JVM's first object makes the client load every model class, which would cost a fast night minutes. */
    private static void warmUp() {
        Pod pod = new KubernetesSerialization().unmarshal("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
        Objects.requireNonNull(pod);
    }

    /** A kubeconfig of its cluster, for a process that reads one. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: playground, cluster: {server: "%s"}}]
                users: [{name: dana, user: {}}]
                contexts: [{name: playground, context: {cluster: playground, user: dana}}]
                current-context: playground
                """.formatted(cluster.url());
    }

    /** Beside {@code shop}, which is there from the start. */
    public void createNamespace(String name) {
        cluster.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** What a blue-green Rollout switches; Services are not among the kinds that Tidewatch applies. */
    public void createService(String namespace, String name) {
        cluster.client()
                .services()
                .inNamespace(namespace)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", name)
                        .endSpec()
                        .build())
                .create();
    }

    /** A ResourceQuota named pods: so many pods may exist in the namespace. An earlier limit of it is replaced. */
    public void limitPods(String namespace, int most) {
        cluster.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity(Integer.toString(most)))
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    public PlaygroundClock clock() {
        return clock;
    }

    public PlaygroundApiServer cluster() {
        return cluster;
    }

    public SimulatedControllers controllers() {
        return controllers;
    }

    public Operator operator() {
        return operator;
    }

    public Chronicle chronicle() {
        return chronicle;
    }

    public SlackInbox slack() {
        return slack;
    }

    public MailInbox mail() {
        return mail;
    }

    @Override
    public void close() {
        chronicle.close();
        controllers.close();
        cluster.close();
        operator.close();
        slack.close();
        mail.close();
        clock.close();
    }
}
