package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.clock.PlaygroundClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A cluster, a clock that stands still and the controllers: time moves from one due instant to the next, and only when
 * everything before has been done, so a run is the same every time.
 */
final class Stage implements AutoCloseable {
    static final String NS = "shop";
    static final String NAME = "checkout";
    static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
    private static final Duration REAL = Duration.ofSeconds(30);

    final PlaygroundClock clock = PlaygroundClock.startingAt(START, 0);
    final PlaygroundApiServer cluster = PlaygroundApiServer.start(clock);
    final KubernetesClient client = cluster.client();
    final SimulatedControllers controllers;
    private Kind workload = Kind.ROLLOUT;
    private Runnable settled = () -> {};

    Stage(SimulationOptions options) {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NS)
                        .endMetadata()
                        .build())
                .create();
        controllers = SimulatedControllers.start(client, clock, options);
    }

    /** Lets everything happen that is due within {@code span}. */
    void pass(Duration span) {
        Instant end = clock.instant().plus(span);
        passUntil(() -> false, end);
        clock.jumpTo(end);
        settle();
    }

    /** Moves on until {@code condition} holds between two instants, at most by {@code span}; says whether it did. */
    boolean passUntil(BooleanSupplier condition, Duration span) {
        return passUntil(condition, clock.instant().plus(span));
    }

    private boolean passUntil(BooleanSupplier condition, Instant end) {
        settle();
        while (!condition.getAsBoolean()) {
            Optional<Instant> next = clock.nextDue();
            if (next.isEmpty() || next.get().isAfter(end)) {
                return false;
            }
            clock.jumpTo(next.get());
            settle();
        }
        return true;
    }

    void settle() {
        if (!controllers.awaitIdle(REAL)) {
            throw new AssertionError("the controllers did not come to rest within " + REAL);
        }
        settled.run();
    }

    /** Calls this at every instant at which something was due, once all of it is done. */
    void onceSettled(Runnable listener) {
        settled = listener;
    }

    void create(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        Kind kind = Stream.of(Kind.values())
                .filter(one -> one.kindName().equals(object.getKind()))
                .findFirst()
                .orElseThrow();
        seen(client.genericKubernetesResources(kind.context()).resource(object).create());
    }

    void patch(Kind kind, String name, String json) {
        GenericKubernetesResource now = get(kind, name);
        seen(client.genericKubernetesResources(kind.context())
                .inNamespace(NS)
                .withName(now.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), json));
    }

    /** As {@code kubectl argo rollouts abort} does. */
    void patchStatus(Kind kind, String name, String json) {
        seen(client.genericKubernetesResources(kind.context())
                .inNamespace(NS)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json));
    }

    void delete(Kind kind, String name) {
        GenericKubernetesResource before = get(kind, name);
        client.genericKubernetesResources(kind.context())
                .inNamespace(NS)
                .withName(name)
                .delete();
        if (!controllers.awaitChange(before, REAL)) {
            throw new AssertionError("the watches did not show that " + name + " is deleted");
        }
    }

    private void seen(HasMetadata written) {
        if (!controllers.awaitSeen(written, REAL)) {
            throw new AssertionError("the watches did not show " + written.getMetadata());
        }
    }

    void min(int minimum) {
        patch(Kind.SCALED_OBJECT, NAME, "{\"spec\":{\"minReplicaCount\":" + minimum + "}}");
    }

    void scale(int replicas) {
        patch(workload, NAME, "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    void image(String image) {
        patch(
                workload,
                NAME,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"" + image + "\"}]}}}}");
    }

    GenericKubernetesResource get(Kind kind, String name) {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(NS)
                .withName(name)
                .require();
    }

    List<GenericKubernetesResource> list(Kind kind) {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(NS)
                .list()
                .getItems();
    }

    Live rollout() {
        return new Live(get(Kind.ROLLOUT, NAME));
    }

    /** The Rollout, Deployment or StatefulSet that this stage is about. */
    Live workload() {
        return new Live(get(workload, NAME));
    }

    /** The ReplicaSets of the Deployment, newest revision last. */
    List<DeploymentSet> deploymentSets() {
        return list(Kind.REPLICA_SET).stream()
                .map(Live::new)
                .map(DeploymentSet::new)
                .sorted(java.util.Comparator.comparingInt(DeploymentSet::revision))
                .toList();
    }

    Live hpa() {
        return new Live(get(Kind.HPA, "keda-hpa-checkout"));
    }

    /** The ReplicaSets with pods asked for, newest revision last. */
    List<RsCopy> replicaSets() {
        return list(Kind.REPLICA_SET).stream()
                .map(Live::new)
                .map(RsCopy::new)
                .sorted(java.util.Comparator.comparingInt(RsCopy::revision))
                .toList();
    }

    long readyPods() {
        return list(Kind.POD).stream().map(Live::new).filter(Pods::isReady).count();
    }

    /** A Rollout of five pods under a ScaledObject with minimum 5, converged. */
    Stage with(String strategy) {
        create(SERVICE);
        create(rolloutYaml(strategy, 5));
        create(SCALED_OBJECT);
        pass(Duration.ofSeconds(20));
        return this;
    }

    /** A Deployment of five pods under a ScaledObject with minimum 5, converged; {@code spec} are further fields. */
    Stage withDeployment(String spec) {
        return with(Kind.DEPLOYMENT, deploymentYaml(spec, 5));
    }

    /** The same with a StatefulSet. */
    Stage withStatefulSet(String spec) {
        return with(Kind.STATEFUL_SET, statefulSetYaml(spec, 5));
    }

    private Stage with(Kind kind, String yaml) {
        workload = kind;
        create(yaml);
        create(SCALED_OBJECT.replace(
                "apiVersion: argoproj.io/v1alpha1, kind: Rollout", "apiVersion: apps/v1, kind: " + kind.kindName()));
        pass(Duration.ofSeconds(20));
        return this;
    }

    /** A Deployment of five pods under an HPA of cpu with minimum 5 and without KEDA, converged. */
    Stage withPlainHpa() {
        workload = Kind.DEPLOYMENT;
        create(deploymentYaml("", 5));
        create(PLAIN_HPA);
        pass(Duration.ofSeconds(20));
        return this;
    }

    static final String CANARY = "canary: {maxSurge: 25%, maxUnavailable: 0}";
    static final String BLUE_GREEN =
            "blueGreen: {activeService: checkout, autoPromotionEnabled: true, scaleDownDelaySeconds: 30}";

    static final String STEPS = "canary: {maxSurge: 25%, maxUnavailable: 0, "
            + "steps: [{setWeight: 20}, {pause: {duration: 10s}}, {setWeight: 60}, {pause: {duration: 10s}}]}";

    static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: checkout, namespace: shop}
            spec: {selector: {app: checkout}, ports: [{port: 80}]}
            """;

    static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: metrics-api, metadata: {targetValue: "10"}}]
            """;

    static final String PLAIN_HPA = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: checkout, namespace: shop}
            spec:
              minReplicas: 5
              maxReplicas: 20
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: checkout}
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]
            """;

    static String deploymentYaml(String spec, int replicas) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: checkout, namespace: shop}
            spec:
              replicas: %d
              progressDeadlineSeconds: 60
              selector: {matchLabels: {app: checkout}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: c, image: "app:1"}]}
            %s
            """.formatted(replicas, indented(spec));
    }

    static String statefulSetYaml(String spec, int replicas) {
        return """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: checkout, namespace: shop}
            spec:
              replicas: %d
              serviceName: checkout
              selector: {matchLabels: {app: checkout}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: c, image: "app:1"}]}
            %s
            """.formatted(replicas, indented(spec));
    }

    private static String indented(String fields) {
        return fields.isEmpty() ? "" : fields.indent(2).stripTrailing();
    }

    static String rolloutYaml(String strategy, int replicas) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              replicas: %d
              progressDeadlineSeconds: 60
              selector: {matchLabels: {app: checkout}}
              strategy: {%s}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: c, image: "app:1"}]}
            """.formatted(replicas, strategy);
    }

    @Override
    public void close() {
        controllers.close();
        client.close();
        cluster.close();
        clock.close();
    }
}
