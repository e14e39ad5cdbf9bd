package io.tidewatch.edgecase;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.cluster.Fence;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.Snapshot;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.SimulatedControllers;
import io.tidewatch.playground.sim.SimulationOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The simulated cluster on a clock that stands still, and the people and tools that write to it beside Tidewatch. */
final class SteppedCluster implements AutoCloseable {

    static final String NAMESPACE = "shop";

    /** The user agent of Tidewatch's writes. */
    private static final String TIDEWATCH = "tidewatch";

    private static final Duration REAL = Duration.ofSeconds(30);
    private static final Set<String> READS = Set.of("get", "list", "watch");

    /** One for all clients: each new one spends a tenth of a second of CPU on learning the same classes. */
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final PlaygroundClock clock;
    private final PlaygroundApiServer server;
    private final KubernetesClient others;
    private final KubernetesClient reading;
    private final KubernetesClient writing;
    private final SimulatedControllers controllers;

    SteppedCluster(Instant begins, SimulationOptions options) {
        clock = PlaygroundClock.startingAt(begins, 0);
        server = PlaygroundApiServer.start(clock);
        others = client("others");
        reading = client("tidewatch-reading");
        writing = client(TIDEWATCH);
        others.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        controllers = SimulatedControllers.start(others, clock, options);
    }

    PlaygroundClock clock() {
        return clock;
    }

    PlaygroundApiServer server() {
        return server;
    }

    SimulatedControllers controllers() {
        return controllers;
    }

    private KubernetesClient client(String agent) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(SERIALIZATION)
                .withConfig(
                        new ConfigBuilder(server.config()).withUserAgent(agent).build())
                .build();
    }

    /** As another GitOps tool does it: what its manifest says stands, whoever else wrote it. */
    void apply(String manager, String yaml) {
        GenericKubernetesResource object = SERIALIZATION.unmarshal(yaml, GenericKubernetesResource.class);
        awaitSeen(others.genericKubernetesResources(Kinds.of(object.getKind()).context())
                .inNamespace(NAMESPACE)
                .resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(true)
                                .build(),
                        SERIALIZATION.asJson(object)));
    }

    /** As {@code kubectl patch --type merge} does it. */
    void patch(Kinds kind, String name, String json) {
        awaitSeen(others.genericKubernetesResources(kind.context())
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("kubectl-patch")
                                .build(),
                        json));
    }

    /** As {@code kubectl argo rollouts abort} does it. */
    void patchStatus(Kinds kind, String name, String json) {
        awaitSeen(others.genericKubernetesResources(kind.context())
                .inNamespace(NAMESPACE)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json));
    }

    void delete(Kinds kind, String name) {
        GenericKubernetesResource before = get(kind, name);
        others.genericKubernetesResources(kind.context())
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
        if (!controllers.awaitChange(before, REAL)) {
            throw new AssertionError("the watches did not show that " + name + " is deleted");
        }
    }

    GenericKubernetesResource get(Kinds kind, String name) {
        return others.genericKubernetesResources(kind.context())
                .inNamespace(NAMESPACE)
                .withName(name)
                .require();
    }

    List<GenericKubernetesResource> all(Kinds kind) {
        return others.genericKubernetesResources(kind.context())
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /** The minimum of a ScaledObject; -1 where its field is absent. */
    int minimum(String name) {
        return number(get(Kinds.SCALED_OBJECT, name), "spec", "minReplicaCount");
    }

    /** The field managers that own a field of a ScaledObject's spec. */
    Set<String> owners(String name, String field) {
        return get(Kinds.SCALED_OBJECT, name).getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                        && spec.containsKey("f:" + field))
                .map(ManagedFieldsEntry::getManager)
                .collect(Collectors.toSet());
    }

    int hpaMinimum(String hpa) {
        return number(get(Kinds.HPA, hpa), "spec", "minReplicas");
    }

    static int number(GenericKubernetesResource object, Object... path) {
        Integer found = object.get(path);
        return found == null ? -1 : found;
    }

    int readyPods() {
        return (int) others.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .count();
    }

    /** What a pass reads: by lists instead of watches, so that it sees all that was written before it. */
    ClusterState state() {
        Snapshot seen = Snapshot.of(reading, Snapshot.Reach.ALL, ObjectReader::controller);
        return new Dump(seen.objects(), seen.problems(), seen.listed()).read(clock.instant());
    }

    ApplyStage.Writer writer() {
        return new ClusterWriter(writing, clock, () -> {}, new InFlight(1), Fence.OPEN)::apply;
    }

    /** Tidewatch's requests that write and are no dry run, whatever their answer was. */
    List<RequestLog.Entry> writes() {
        return server.requests().entries().stream()
                .filter(entry -> entry.userAgent().equals(TIDEWATCH))
                .filter(entry -> !entry.dryRun() && !READS.contains(entry.verb()))
                .toList();
    }

    /** How often anybody has changed an object since the log was cleared. */
    long changes() {
        return server.requests().entries().stream()
                .filter(entry -> !entry.dryRun() && !READS.contains(entry.verb()) && entry.code() < 300)
                .count();
    }

    Optional<Instant> nextDue() {
        return clock.nextDue();
    }

    /** Returns once the controllers have seen every change of these kinds and done all that is due by now. */
    void settle() {
        for (Kinds kind : List.of(Kinds.SCALED_OBJECT, Kinds.ROLLOUT, Kinds.REPLICA_SET)) {
            all(kind).forEach(object -> {
                object.setKind(kind.kind());
                awaitSeen(object);
            });
        }
        awaitIdle();
    }

    void jumpTo(Instant then) {
        if (then.isAfter(clock.instant())) {
            clock.jumpTo(then);
        }
        awaitIdle();
    }

    void awaitIdle() {
        if (!controllers.awaitIdle(REAL)) {
            throw new AssertionError("the controllers did not come to rest within " + REAL);
        }
    }

    private void awaitSeen(HasMetadata written) {
        if (!controllers.awaitSeen(written, REAL)) {
            throw new AssertionError("the watches did not show " + written.getMetadata());
        }
    }

    @Override
    public void close() {
        controllers.close();
        others.close();
        reading.close();
        writing.close();
        server.close();
        clock.close();
    }
}
