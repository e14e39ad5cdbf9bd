package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.observe.ObjectReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A target whose status may be stale, and a schedule with remedies: baseline 5, a window with 7 each night. */
final class StaleTarget {

    private static final Duration DAY = Duration.ofDays(1);

    final Map<String, Object> rollout = new LinkedHashMap<>();
    final List<RemedyPolicy> remedies;

    StaleTarget(int replicas, List<RemedyPolicy> remedies) {
        this.remedies = remedies;
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.putAll(Map.of("namespace", "shop", "name", "checkout", "uid", "u-r", "resourceVersion", "7"));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("replicas", replicas);
        spec.put("template", Map.of("metadata", Map.of("labels", Map.of("app", "checkout"))));
        spec.put("strategy", Map.of("canary", Map.of()));
        Map<String, Object> status = new LinkedHashMap<>();
        status.putAll(Map.of("stableRS", "abc", "currentPodHash", "abc"));
        rollout.putAll(Map.of("metadata", metadata, "spec", spec, "status", status));
    }

    /** A part of the Rollout, to be changed. */
    @SuppressWarnings("unchecked") // built above
    Map<String, Object> part(String name) {
        return (Map<String, Object>) rollout.get(name);
    }

    /** Another manager, or Tidewatch, owns a field of the spec. */
    void owned(String field, String manager, String operation) {
        part("metadata")
                .put(
                        "managedFields",
                        List.of(Map.of(
                                "manager",
                                manager,
                                "operation",
                                operation,
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:" + field, Map.of())))));
    }

    TargetObservation seen(ScaledObjectView live) {
        Map<String, Object> replicaSet = Map.of(
                "metadata",
                Map.of("namespace", "shop", "name", "checkout-abc", "uid", "u-s", "resourceVersion", "8"),
                "spec",
                Map.of("replicas", part("spec").get("replicas")));
        return new TargetObservation(
                Given.CHECKOUT,
                Optional.of(live),
                Optional.empty(),
                Optional.of(ObjectReader.rollout(rollout, Given.OPENS)),
                List.of(ObjectReader.replicaSet(replicaSet, Given.OPENS)),
                List.of(),
                List.of(),
                Set.of());
    }

    static Diagnosis diagnosis(State state) {
        return Given.diagnosis(state, OptionalInt.empty());
    }

    /** What is desired at an instant of the night from the 22nd of November 2026 on. */
    DesiredBounds desired(Instant now) {
        Instant opens = Given.OPENS;
        while (!now.isBefore(opens.plus(DAY))) {
            opens = opens.plus(DAY);
        }
        Instant closes = opens.plus(Duration.between(Given.OPENS, Given.CLOSES));
        if (now.isBefore(opens)) {
            return desired(Current.of(Given.BASELINE).until(Optional.of(opens)));
        }
        if (now.isBefore(closes)) {
            OpenWindow window = new OpenWindow("midnight-peak", opens, closes, false);
            return desired(Current.of(Given.PEAK)
                    .in(Optional.of(window))
                    .since(Optional.of(opens))
                    .until(Optional.of(closes)));
        }
        return desired(Current.of(Given.BASELINE).since(Optional.of(closes)).until(Optional.of(opens.plus(DAY))));
    }

    private DesiredBounds desired(Current current) {
        ScaleSchedule schedule = new ScaleSchedule(
                "shop",
                "checkout-midnight",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName("checkout"),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                remedies,
                new AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(Given.CHECKOUT, schedule, Given.COMMIT, new Bounds(5, 20), false, current);
    }
}
