package io.tidewatch.diagnose;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Measures, by hand, what the caches keep of many Rollouts and what one look at all of them costs; no test. A cluster is
 * made of one dump of a real controller, each object parsed anew as a watch delivers it. Arguments: the dump, how many.
 */
public final class CacheMemory {

    private static final String TARGET = "checkout";
    private static final Instant SEEN = Instant.parse("2026-11-23T17:15:25Z");

    private static final DesiredState NOTHING_SCHEDULED =
            new DesiredState(SEEN, Collections.emptySortedMap(), Collections.emptySortedSet());

    private CacheMemory() {}

    /** Prints bytes by kind, and the time of a look at all. */
    public static void main(String[] arguments) throws Exception {
        String text = Files.readString(Path.of(arguments[0]));
        int rollouts = Integer.parseInt(arguments[1]);
        System.out.printf("%d Rollouts, %d bytes of JSON each%n", rollouts, text.length());
        Kept kept = new Kept();
        long before = used();
        for (String kind : List.of("ScaledObject", "HorizontalPodAutoscaler", "Rollout", "ReplicaSet", "Pod")) {
            int objects = 0;
            for (int i = 0; i < rollouts; i++) {
                objects += kept.read(kind, numbered(text, i));
            }
            long after = used();
            System.out.printf("%-24s %6d objects %8.1f MB%n", kind, objects, (after - before) / 1e6);
            before = after;
        }
        for (int look = 0; look < 5; look++) {
            long start = System.nanoTime();
            Observation seen = Observations.of(kept.state(), Observations.targets(kept.state()));
            Diagnoses diagnoses = Diagnoser.diagnose(seen, NOTHING_SCHEDULED, Diagnoses.NONE);
            System.out.printf(
                    "look %d: %d targets, %d ms%n",
                    look, diagnoses.byTarget().size(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** Names and uids of its own, as another team's Rollout. */
    private static List<Map<String, Object>> numbered(String text, int number) {
        String own = text.replace(TARGET, TARGET + number).replaceAll("(\"uid\": ?\"[0-9a-f-]{30})", "$1" + number);
        return Dump.parse("dump", own).objects();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class Kept {
        private final Map<String, List<Object>> byKind = new HashMap<>();
        private final List<Object> whole = new ArrayList<>();

        int read(String kind, List<Map<String, Object>> objects) {
            int[] count = {0};
            Consumer<Map<String, Object>> keep = object -> {
                count[0]++;
                byKind.computeIfAbsent(kind, k -> new ArrayList<>())
                        .add(reader(kind).apply(object, SEEN));
                if (kind.equals("Rollout") || kind.equals("ScaledObject")) {
                    object.remove("status");
                    whole.add(object);
                }
            };
            objects.stream().filter(object -> kind.equals(object.get("kind"))).forEach(keep);
            return count[0];
        }

        private static BiFunction<Map<String, Object>, Instant, Object> reader(String kind) {
            return switch (kind) {
                case "ScaledObject" -> ObjectReader::scaledObject;
                case "HorizontalPodAutoscaler" -> ObjectReader::hpa;
                case "Rollout" -> ObjectReader::rollout;
                case "ReplicaSet" -> ObjectReader::replicaSet;
                default -> ObjectReader::pod;
            };
        }

        @SuppressWarnings("unchecked")
        private <T> List<T> all(String kind) {
            return (List<T>) byKind.getOrDefault(kind, List.of());
        }

        ClusterState state() {
            return new ClusterState(
                    SEEN,
                    all("ScaledObject"),
                    all("HorizontalPodAutoscaler"),
                    all("Rollout"),
                    all("ReplicaSet"),
                    all("Pod"),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Set.of());
        }
    }
}
