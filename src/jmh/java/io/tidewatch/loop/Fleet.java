package io.tidewatch.loop;

import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.plan.Action.Version;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Many targets that all serve what their window asks for, each made of one dump of a real controller; and the source that
 * declares them.
 */
final class Fleet {

    static final String SOURCE = "shop";

    private static final Path DUMP = Path.of("src/test/resources/cases/up-converged.yaml");
    private static final int NAMESPACES = 20;
    private static final Commit COMMIT =
            new Commit(SOURCE, "3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1", "Dana", Instant.EPOCH, "a fleet");

    private final TreeMap<String, String> files = new TreeMap<>();
    private final List<ScaledObjectView> scaledObjects = new ArrayList<>();
    private final List<HpaView> hpas = new ArrayList<>();
    private final List<RolloutView> rollouts = new ArrayList<>();
    private final List<ReplicaSetView> replicaSets = new ArrayList<>();
    private final List<PodView> pods = new ArrayList<>();
    private final List<Map<String, Object>> whole = new ArrayList<>();
    private final Instant seenAt;

    private Fleet(Instant seenAt) {
        this.seenAt = seenAt;
    }

    static Fleet of(int targets, Instant seenAt) {
        Fleet fleet = new Fleet(seenAt);
        String dump = read();
        for (int number = 0; number < targets; number++) {
            fleet.add(dump, number);
        }
        return fleet;
    }

    private static String read() {
        try {
            return Files.readString(DUMP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return scaledObjects.size();
    }

    Checkout checkout() {
        return new Checkout(COMMIT, files, files.keySet());
    }

    /** What caches answer, made anew as they make it. */
    ClusterState state(Instant now) {
        Map<ObjectKey, LiveObject> declared = new HashMap<>();
        for (Map<String, Object> object : whole) {
            Map<?, ?> meta = (Map<?, ?>) object.get("metadata");
            ObjectKey key = new ObjectKey(
                    String.valueOf(object.get("apiVersion")),
                    String.valueOf(object.get("kind")),
                    String.valueOf(meta.get("namespace")),
                    String.valueOf(meta.get("name")));
            declared.put(
                    key,
                    new LiveObject(
                            key,
                            new Version(String.valueOf(meta.get("uid")), String.valueOf(meta.get("resourceVersion"))),
                            object));
        }
        return new ClusterState(
                now,
                scaledObjects,
                hpas,
                rollouts,
                replicaSets,
                pods,
                List.of(),
                Optional.of(Set.of()),
                List.of(),
                List.of(),
                declared,
                Set.of());
    }

    /** A pod of another target changes, as each watch event does it: its view is another object. */
    void changePod(int number) {
        int index = (int) ((long) number * 7_919 % pods.size());
        PodView pod = pods.get(index);
        pods.set(
                index,
                new PodView(
                        pod.meta(),
                        pod.phase(),
                        "pass " + number,
                        pod.nodeName(),
                        pod.startTime(),
                        pod.conditions(),
                        pod.containers()));
    }

    /** Names and uids of its own, as another team's target. */
    private void add(String dump, int number) {
        String name = "checkout" + number;
        String namespace = "team" + number % NAMESPACES;
        String own = dump.replace("x-up-converged", namespace)
                .replace("checkout", name)
                .replaceAll("(uid: '?[0-9a-f]{8}-[0-9a-f-]{22})[0-9a-f]{5}", "$1" + (10_000 + number));
        Manifests manifests = new Manifests(namespace, name);
        files.put(name + ".yaml", manifests.text());
        for (Map<String, Object> object : Dump.parse(name, own).objects()) {
            switch (String.valueOf(object.get("kind"))) {
                case "ScaledObject" -> {
                    Map<String, Object> live = manifests.live(object, COMMIT, seenAt);
                    scaledObjects.add(ObjectReader.scaledObject(live, seenAt));
                    keep(live);
                }
                case "Rollout" -> {
                    Map<String, Object> live = manifests.live(object, COMMIT, seenAt);
                    rollouts.add(ObjectReader.rollout(live, seenAt));
                    keep(live);
                }
                case "HorizontalPodAutoscaler" -> hpas.add(ObjectReader.hpa(object, seenAt));
                case "ReplicaSet" -> replicaSets.add(ObjectReader.replicaSet(object, seenAt));
                case "Pod" -> pods.add(ObjectReader.pod(object, seenAt));
                default -> {}
            }
        }
    }

    private void keep(Map<String, Object> live) {
        Map<String, Object> content = new LinkedHashMap<>(live);
        content.remove("status");
        whole.add(content);
    }
}
