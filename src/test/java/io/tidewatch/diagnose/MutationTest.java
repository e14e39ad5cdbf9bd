package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Checks;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Observation;
import io.tidewatch.model.State;
import io.tidewatch.model.Target;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Golden dumps with objects dropped and fields dropped, retyped, negative or huge: never an exception, and never
 * Converged or StaleStatus without what the raw objects themselves prove. How many: {@code -Dtidewatch.mutations=N}.
 */
class MutationTest {

    private static final long SEED = 20261124;
    private static final int MUTATIONS = Integer.getInteger("tidewatch.mutations", 3_000);
    private static final List<Golden> GOLDEN = List.of(
            new Golden("up-converged", "x-up-converged", "checkout", 7, "2026-11-23T17:15:25Z"),
            new Golden("workload-ref-up", "x-workload-ref", "checkout", 7, "2026-11-23T18:05:49Z"),
            new Golden(
                    "routed-canary-scale-down-delay",
                    "x-routed-canary-paused-upb",
                    "checkout",
                    7,
                    "2026-11-23T18:07:01Z"),
            new Golden("canary-step-paused", "x-canary-step-paused", "checkout", 7, "2026-11-23T17:17:34Z"),
            new Golden("aborted-scale-down", "x-aborted", "checkout", 5, "2026-11-23T17:17:33Z"),
            new Golden("stale-phase-healthy", "shop", "r0086", 5, "2026-11-23T18:39:06Z"),
            new Golden("incident-degraded-bluegreen", "shop", "r0033", 5, "2026-11-23T17:07:53Z"),
            new Golden("unschedulable", "x-unschedulable", "checkout", 8, "2026-11-23T17:31:28Z"));
    private static final Object[] WRONG = {
        "seven",
        -3,
        1L << 40,
        Integer.MAX_VALUE,
        0,
        true,
        List.of(),
        Map.of(),
        2.5,
        "",
        "2026-11-23T18:38:00Z",
        "9999999999"
    };

    private record Golden(String file, String namespace, String name, int wanted, String at) {}

    @Test
    void nothingThrowsAndNothingIsProvenWithoutProof() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<List<Map<String, Object>>> originals = new ArrayList<>();
        GOLDEN.forEach(golden -> originals.add(CaseDump.of(golden.file()).objects));
        int good = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int which = random.nextInt(GOLDEN.size());
            List<Map<String, Object>> objects = copy(originals.get(which));
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes && !objects.isEmpty(); change++) {
                mutate(objects, random);
            }
            Diagnosis diagnosis = ask(objects, GOLDEN.get(which));
            if (diagnosis.state().isConverged() || diagnosis.state() == State.STALE_STATUS) {
                good++;
                assertThat(unproven(objects, GOLDEN.get(which), diagnosis))
                        .as(
                                "seed %d, mutation %d of %s",
                                SEED, i, GOLDEN.get(which).file())
                        .isEmpty();
            }
        }
        assertThat(good).as("mutations that leave the proof whole are common").isPositive();
    }

    private static Diagnosis ask(List<Map<String, Object>> objects, Golden golden) {
        Target target = new Target(golden.namespace(), golden.name());
        Observation seen =
                Observations.of(new Dump(objects, List.of()).read(Instant.parse(golden.at())), Set.of(target));
        return Diagnoser.diagnose(Question.onDump(
                seen.targets().get(target),
                seen.controllers(),
                OptionalInt.of(golden.wanted()),
                Checks.DEFAULT,
                seen.at()));
    }

    /** What the state claims and the raw objects do not show. */
    private static List<String> unproven(List<Map<String, Object>> objects, Golden golden, Diagnosis diagnosis) {
        List<String> lacks = new ArrayList<>();
        List<Map<String, Object>> rollouts = of(objects, "Rollout");
        List<Map<String, Object>> sets = of(objects, "ReplicaSet").stream()
                .filter(set -> owner(set).equals(rollouts.isEmpty() ? "?" : at(rollouts.get(0), "metadata", "uid")))
                .toList();
        if (rollouts.isEmpty()) {
            return List.of("no Rollout");
        }
        Map<String, Object> rollout = rollouts.get(0);
        long replicas = number(at(rollout, "spec", "replicas"), 1);
        long wanted = golden.wanted();
        List<Map<String, Object>> scaled = of(objects, "ScaledObject");
        List<Map<String, Object>> hpas = of(objects, "HorizontalPodAutoscaler");
        if (!scaled.isEmpty()) {
            long min = number(at(scaled.get(0), "spec", "minReplicaCount"), 0);
            check(lacks, min >= wanted, "minimum " + min);
            check(lacks, !hpas.isEmpty(), "HPA absent");
            hpas.forEach(hpa ->
                    check(lacks, number(at(hpa, "spec", "minReplicas"), 1) == Math.max(1, min), "HPA minimum"));
        }
        check(lacks, replicas >= wanted, "spec.replicas " + replicas);
        long available = sum(sets, "availableReplicas");
        long serving = of(objects, "Pod").stream()
                .filter(pod -> sets.stream().anyMatch(set -> owner(pod).equals(at(set, "metadata", "uid"))))
                .filter(MutationTest::isReady)
                .count();
        long slack = Objects.equals(at(rollout, "status", "currentPodHash"), at(rollout, "status", "stableRS"))
                ? 0
                : Math.max(1, replicas / 4);
        check(lacks, available >= replicas - slack, "available " + available + " of " + replicas);
        check(lacks, serving >= replicas - slack, "ready pods " + serving + " of " + replicas);
        sets.forEach(set -> check(
                lacks,
                number(at(set, "status", "observedGeneration"), 0) >= number(at(set, "metadata", "generation"), 0),
                "ReplicaSet not observed"));
        check(lacks, at(rollout, "status", "observedGeneration") != null, "Rollout not observed");
        long claimed = number(at(rollout, "status", "replicas"), 0);
        long live = sum(sets, "replicas");
        if (diagnosis.state().isConverged()) {
            check(lacks, claimed == live, "status says " + claimed + ", ReplicaSets " + live);
        } else {
            boolean time = objects.stream().anyMatch(object -> "Event".equals(object.get("kind")) || !hpas.isEmpty())
                    || at(rollout, "status", "conditions") instanceof List<?>;
            check(lacks, time, "no proof of time");
        }
        return lacks;
    }

    private static void check(List<String> lacks, boolean holds, String what) {
        if (!holds) {
            lacks.add(what);
        }
    }

    private static boolean isReady(Map<String, Object> pod) {
        return at(pod, "status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(each -> each instanceof Map<?, ?> condition
                                && "Ready".equals(condition.get("type"))
                                && ("True".equals(condition.get("status"))));
    }

    private static List<Map<String, Object>> of(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .toList();
    }

    private static String owner(Map<String, Object> object) {
        return at(object, "metadata", "ownerReferences") instanceof List<?> owners
                        && !owners.isEmpty()
                        && owners.get(0) instanceof Map<?, ?> owner
                ? String.valueOf(owner.get("uid"))
                : "none";
    }

    private static Object at(Map<String, Object> object, String... path) {
        Object at = object;
        for (String key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at;
    }

    private static long sum(List<Map<String, Object>> sets, String field) {
        return sets.stream()
                .mapToLong(set -> number(at(set, "status", field), 0))
                .sum();
    }

    private static long number(Object value, long absent) {
        if (value == null) {
            return absent;
        }
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : Long.MIN_VALUE / 1000;
    }

    private static void mutate(List<Map<String, Object>> objects, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            objects.remove(random.nextInt(objects.size()));
            return;
        }
        Object at = objects.get(random.nextInt(objects.size()));
        for (int depth = 0; depth < 8; depth++) {
            if (at instanceof Map<?, ?> raw && !raw.isEmpty()) {
                @SuppressWarnings("unchecked")
                Map<String, Object> map = (Map<String, Object>) raw;
                String key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
                if (key.equals("kind")) {
                    return;
                }
                Object inner = map.get(key);
                boolean leaf = !(inner instanceof Map) && !(inner instanceof List);
                if (leaf || random.nextInt(6) == 0) {
                    change(map, key, random);
                    return;
                }
                at = inner;
            } else if (at instanceof List<?> raw && !raw.isEmpty()) {
                at = raw.get(random.nextInt(raw.size()));
            } else {
                return;
            }
        }
    }

    private static void change(Map<String, Object> map, String key, SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            map.remove(key);
        } else {
            map.put(key, WRONG[random.nextInt(WRONG.length)]);
        }
    }

    private static List<Map<String, Object>> copy(List<Map<String, Object>> objects) {
        List<Map<String, Object>> copies = new ArrayList<>();
        objects.forEach(object -> copies.add(copyMap(object)));
        return copies;
    }

    private static Map<String, Object> copyMap(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copyValue(value)));
        return new HashMap<>(copy);
    }

    private static Object copyValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copyMap(map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(MutationTest::copyValue).toList())
                : value;
    }
}
