package io.tidewatch.diagnose;

import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** A golden dump, to be asked as it is or after somebody changed a field by hand. */
public final class CaseDump {

    final List<Map<String, Object>> objects;

    private CaseDump(List<Map<String, Object>> objects) {
        this.objects = objects;
    }

    public static CaseDump of(String name) {
        try (InputStream in = CaseDump.class.getResourceAsStream("/cases/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no dump src/test/resources/cases/" + name + ".yaml");
            }
            return new CaseDump(new ArrayList<>(Dump.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .objects()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a field (dots between keys; a key with dots in it goes in brackets) in every object of a kind. */
    CaseDump set(String kind, String path, Object value) {
        return setWhere(kind, object -> true, path, value);
    }

    public CaseDump setWhere(String kind, Predicate<Map<String, Object>> which, String path, Object value) {
        objects.stream()
                .filter(object -> kind.equals(object.get("kind")) && which.test(object))
                .forEach(object -> put(object, path, value));
        return this;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> object, String path, Object value) {
        int bracket = path.indexOf('[');
        List<String> keys = new ArrayList<>(List.of((bracket < 0 ? path : path.substring(0, bracket)).split("\\.")));
        if (bracket >= 0) {
            keys.add(path.substring(bracket + 1, path.length() - 1));
        }
        Map<String, Object> at = object;
        for (String key : keys.subList(0, keys.size() - 1)) {
            at = (Map<String, Object>) at.computeIfAbsent(key, k -> new HashMap<>());
        }
        String last = keys.get(keys.size() - 1);
        if (value == null) {
            at.remove(last);
        } else {
            at.put(last, value);
        }
    }

    public static Predicate<Map<String, Object>> named(String name) {
        return object -> name.equals(((Map<?, ?>) object.get("metadata")).get("name"));
    }

    CaseDump without(String kind) {
        objects.removeIf(object -> kind.equals(object.get("kind")));
        return this;
    }

    CaseDump condition(String kind, String type, String status, String reason, String message, String at) {
        objects.stream().filter(object -> kind.equals(object.get("kind"))).forEach(object -> {
            List<Object> conditions = conditions(object);
            conditions.removeIf(entry -> type.equals(((Map<?, ?>) entry).get("type")));
            conditions.add(Map.of(
                    "type", type,
                    "status", status,
                    "reason", reason,
                    "message", message,
                    "lastTransitionTime", at,
                    "lastUpdateTime", at));
        });
        return this;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> conditions(Map<String, Object> object) {
        Map<String, Object> status = (Map<String, Object>) object.computeIfAbsent("status", k -> new HashMap<>());
        return (List<Object>) status.computeIfAbsent("conditions", k -> new ArrayList<>());
    }

    /** The first pods of the dump do not serve, with these container statuses. */
    CaseDump brokenPods(int count, Map<String, Object> container, String readyReason, String since) {
        List<Map<String, Object>> pods = objects.stream()
                .filter(object -> "Pod".equals(object.get("kind")))
                .limit(count)
                .toList();
        pods.forEach(pod -> {
            put(pod, "status.containerStatuses", List.of(container));
            put(
                    pod,
                    "status.conditions",
                    List.of(Map.of(
                            "type", "Ready", "status", "False", "reason", readyReason, "lastTransitionTime", since)));
        });
        return this;
    }

    /** A controller with one ready pod, whose leader renewed its Lease last at this instant. */
    CaseDump leading(String namespace, String image, String lease, String renewed) {
        return controller(namespace, lease + "-holder", image).lease(namespace, lease, renewed);
    }

    /** A controller with one ready pod, started with these arguments. */
    public CaseDump controller(String namespace, String name, String image, String... args) {
        objects.add(new HashMap<>(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of(
                        "template",
                        Map.of("spec", Map.of("containers", List.of(Map.of("image", image, "args", List.of(args)))))),
                "status",
                Map.of("readyReplicas", 1))));
        return this;
    }

    CaseDump lease(String namespace, String name, String renewed) {
        objects.add(Map.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of("holderIdentity", "one", "renewTime", renewed)));
        return this;
    }

    public Diagnosis ask(String namespace, String name, int desired, String at) {
        return ask(namespace, name, OptionalInt.of(desired), at);
    }

    /** The same, with the Rollouts of another dump in sight. */
    Diagnosis askBeside(CaseDump other, String namespace, String name, int desired, String at) {
        Target target = new Target(namespace, name);
        Observation seen = Observations.of(new Dump(objects, List.of()).read(Instant.parse(at)), Set.of(target));
        return Diagnoser.diagnose(DiagnosisInput.onDump(
                        seen.targets().get(target),
                        seen.controllers(),
                        OptionalInt.of(desired),
                        Checks.DEFAULT,
                        Instant.parse(at))
                .beside(new Dump(other.objects, List.of())
                        .read(Instant.parse(at))
                        .rollouts()));
    }

    public Diagnosis ask(String namespace, String name, OptionalInt desired, String at) {
        Target target = new Target(namespace, name);
        Observation seen = Observations.of(new Dump(objects, List.of()).read(Instant.parse(at)), Set.of(target));
        return Diagnoser.diagnose(DiagnosisInput.onDump(
                seen.targets().get(target), seen.controllers(), desired, Checks.DEFAULT, Instant.parse(at)));
    }
}
