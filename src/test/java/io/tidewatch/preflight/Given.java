package io.tidewatch.preflight;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A target with a raise ahead: minimum {@code from} now, minimum {@code to} in the window {@code peak}, which begins at {@code at}.
 *
 * @param setsMax whether the window writes the maximum 20
 */
record Given(
        Target target,
        int from,
        int to,
        Instant at,
        Duration preflight,
        ConflictPolicy policy,
        boolean setsMax,
        List<RemedyPolicy> remedies) {

    static Given raise(Target target, int from, int to, Instant at) {
        return new Given(target, from, to, at, ScaleSchedule.PREFLIGHT, ConflictPolicy.ADOPT, false, List.of());
    }

    Given with(Duration other) {
        return new Given(target, from, to, at, other, policy, setsMax, remedies);
    }

    Given with(ConflictPolicy other) {
        return new Given(target, from, to, at, preflight, other, setsMax, remedies);
    }

    Given settingMax() {
        return new Given(target, from, to, at, preflight, policy, true, remedies);
    }

    Given allowing(RemedyPolicy.Type remedy) {
        return new Given(
                target,
                from,
                to,
                at,
                preflight,
                policy,
                setsMax,
                List.of(new RemedyPolicy(remedy, 1, Duration.ofSeconds(20))));
    }

    DesiredBounds desired() {
        OpenWindow window = new OpenWindow("peak", at, at.plus(Duration.ofHours(3)), false);
        return new DesiredBounds(
                target,
                schedule(),
                new Commit("shop", "3f2c1ab9", "Dana", at.minus(Duration.ofDays(1)), "raise it"),
                new Bounds(from, 20),
                setsMax,
                Current.of(new Bounds(from, 20))
                        .until(Optional.of(at))
                        .then(Optional.of(new Upcoming(new Bounds(to, 20), Optional.of(window)))));
    }

    private ScaleSchedule schedule() {
        return new ScaleSchedule(
                target.namespace(),
                "peaks",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName(target.name()),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                policy,
                Ramp.NONE,
                preflight,
                false,
                remedies,
                new AlertRouting(List.of(), Severity.CRITICAL));
    }

    /** The preflight over these objects at an instant. */
    Preflights check(List<Map<String, Object>> objects, Instant now) {
        return check(new Dump(objects, List.of()).read(now), now);
    }

    /** The same over a state of the caches. */
    Preflights check(ClusterState state, Instant now) {
        Observation observation = Observations.of(state, Set.of(target));
        DesiredState desired =
                new DesiredState(now, new TreeMap<>(Map.of(target, desired())), new TreeSet<>(Set.of(at)));
        Diagnoses diagnoses = Diagnoser.diagnose(observation, desired, Diagnoses.NONE);
        return PreflightChecks.of(desired, observation, diagnoses, state);
    }

    List<Finding> findings(List<Map<String, Object>> objects, Instant now) {
        return check(objects, now).findings(target);
    }

    /** The objects of a dump in src/test/resources/cases. */
    static List<Map<String, Object>> dump(String name) {
        try (InputStream in = Given.class.getResourceAsStream("/cases/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no dump src/test/resources/cases/" + name + ".yaml");
            }
            return Dump.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .objects();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same objects, in which every object of a kind has another value at a path of keys. */
    static List<Map<String, Object>> changed(
            List<Map<String, Object>> objects, String kind, List<String> path, Object value) {
        return objects.stream()
                .map(object -> kind.equals(object.get("kind")) ? put(object, path, value) : object)
                .toList();
    }

    private static Map<String, Object> put(Map<?, ?> object, List<String> path, Object value) {
        Map<String, Object> copy = new HashMap<>();
        object.forEach((key, old) -> copy.put(String.valueOf(key), old));
        String key = path.get(0);
        Map<?, ?> inner = copy.get(key) instanceof Map<?, ?> map ? map : Map.of();
        copy.put(key, path.size() == 1 ? value : put(inner, path.subList(1, path.size()), value));
        return copy;
    }

    /** The Deployment of a controller. */
    static Map<String, Object> controller(String namespace, String name, String image, int readyReplicas) {
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("image", image))))),
                "status",
                readyReplicas == 0 ? Map.of("replicas", 1) : Map.of("replicas", 1, "readyReplicas", readyReplicas));
    }
}
