package io.tidewatch.view;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Targets, schedules and facts for tests of what people see. */
public final class KnownTargets {

    public static final Instant NOW = Instant.parse("2026-11-22T13:36:10Z");

    private KnownTargets() {}

    /** One schedule in Seoul: minimum 5, and 7 from 22:30 to 02:00, in two steps that end at 22:30. */
    public static String schedule(String name) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 5, maxReplicas: 20}
                  ramp: {up: {step: 1, pause: 1m}}
                  windows: [{name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
                ---
                """.formatted(name);
    }

    public static Definitions definitions(String text) {
        Commit commit = new Commit("shop", "3f2c1ab9", "Dana", NOW.minusSeconds(3_600), "scale the shop up");
        Map<String, String> files = Map.of("schedules.yaml", text);
        return new Definitions(List.of(new DefinitionReader()
                .read(new Checkout(commit, new TreeMap<>(files), files.keySet()), Optional.empty(), PastTexts.NONE)));
    }

    public static TargetStatus status(String name, State state, Optional<Cause> cause) {
        return new TargetStatus(
                new Target("shop", name),
                Optional.of("midnight-peak"),
                TargetStatus.Minimum.UNKNOWN.withLive(OptionalInt.of(7)).withDesired(OptionalInt.of(7)),
                TargetStatus.Pods.UNKNOWN
                        .withAvailable(OptionalInt.of(state.isProblem() ? 5 : 7))
                        .withReplicas(OptionalInt.of(7)),
                state,
                cause,
                Optional.of(Instant.parse("2026-11-22T17:00:00Z")),
                NOW.minusSeconds(300),
                "what " + name + " says",
                Optional.empty(),
                Optional.empty());
    }

    public static Standing standing(List<TargetStatus> rows) {
        return new Standing(
                LoopState.NONE.ended(NOW.minusSeconds(2), Duration.ofMillis(200)),
                Duration.ofMinutes(5),
                List.of(),
                Optional.of(NOW.minusSeconds(2)),
                rows,
                List.of(),
                List.of(),
                LeaderState.alone("one"));
    }

    public static Facts facts(Definitions definitions, Standing standing, Optional<PastEvents> events) {
        return new Facts(NOW, standing, definitions, Timetable.of(definitions), LearnedLeads.NONE, events, Set.of());
    }
}
