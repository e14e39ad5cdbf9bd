package io.tidewatch.plan;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Readable values for the planning tests: baseline 5, window 22:30 to 02:00 wants 7. */
public final class Given {

    public static final Target CHECKOUT = new Target("shop", "checkout");
    public static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    public static final Instant CLOSES = Instant.parse("2026-11-22T17:00:00Z");
    public static final Bounds BASELINE = new Bounds(5, 20);
    public static final Bounds PEAK = new Bounds(7, 20);
    public static final Commit COMMIT =
            new Commit("shop", "3f2c1ab9", "Dana", OPENS.minusSeconds(3600), "raise the floor");

    private Given() {}

    public static DesiredBounds inWindow(ConflictPolicy policy) {
        return desired(policy, PEAK, Optional.of(new OpenWindow("midnight-peak", OPENS, CLOSES, false)), OPENS);
    }

    public static DesiredBounds afterWindow(ConflictPolicy policy) {
        return desired(policy, BASELINE, Optional.empty(), CLOSES);
    }

    private static DesiredBounds desired(
            ConflictPolicy policy, Bounds bounds, Optional<OpenWindow> window, Instant since) {
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
                policy,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(new RemedyPolicy(RemedyPolicy.Type.NUDGE_REPLICA_SETS, 3, Duration.ofSeconds(20))),
                new AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                CHECKOUT,
                schedule,
                COMMIT,
                BASELINE,
                false,
                DesiredBounds.Current.of(bounds).in(window).since(Optional.of(since)));
    }

    /** The diagnosis of the target in this state, with that many available pods; absent: the pods are not known. */
    static Diagnosis diagnosis(State state, OptionalInt available) {
        return new Diagnosis(
                CHECKOUT,
                "ScaledObject",
                state,
                state == State.STALE_STATUS ? List.of(Cause.STALE_REPLICA_SET_CACHE) : List.of(),
                Optional.empty(),
                Certainty.CERTAIN,
                "",
                OptionalInt.of(BASELINE.min()),
                Optional.empty(),
                available.isPresent() ? Optional.of(counters(available.getAsInt())) : Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE);
    }

    private static Counters counters(int available) {
        return new Counters(available, available, available, available, available);
    }

    /** The same with a maximum of the window's own. */
    public static DesiredBounds upTo(DesiredBounds desired, int max) {
        return new DesiredBounds(
                desired.target(),
                desired.schedule(),
                desired.commit(),
                desired.baseline(),
                true,
                desired.current().with(new Bounds(desired.bounds().min(), max)));
    }

    /** The same by another commit. */
    public static DesiredBounds committed(DesiredBounds desired, String id, Instant time) {
        return new DesiredBounds(
                desired.target(),
                desired.schedule(),
                new Commit("shop", id, "Dana", time, "raise it now"),
                desired.baseline(),
                desired.setsMax(),
                desired.current());
    }

    /** A live ScaledObject that nobody of ours has written yet. */
    public static ScaledObjectView live(int min, String... owners) {
        return live(min, Map.of(), owners);
    }

    /** A live ScaledObject whose last write of ours was {@code applied} for {@code wanted}. */
    public static ScaledObjectView after(DesiredBounds desired, int applied, int min, String... owners) {
        return live(min, memory(desired, applied), owners);
    }

    public static Map<String, String> memory(DesiredBounds desired, int applied) {
        Map<String, String> memory = new LinkedHashMap<>();
        memory.put("tidewatch.io/instance", "tidewatch");
        memory.put("tidewatch.io/window", desired.period());
        memory.put("tidewatch.io/applied", applied + "..20");
        return memory;
    }

    public static ScaledObjectView live(int min, Map<String, String> annotations, String... owners) {
        List<FieldWriter> writers = Arrays.stream(owners)
                .map(owner -> new FieldWriter(owner, "Update", "", Optional.empty(), true, false))
                .toList();
        return LiveScaledObject.of(min, annotations, writers, OPENS);
    }
}
