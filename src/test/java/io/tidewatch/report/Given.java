package io.tidewatch.report;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Readable values for the tests of reports: baseline 5, an open window that wants 7, seven pods available. */
final class Given {

    static final Target CHECKOUT = new Target("shop", "checkout");
    static final Instant NOW = Instant.parse("2026-11-25T13:31:00Z");
    static final Instant OPENED = NOW.minusSeconds(60);
    static final Commit COMMIT = new Commit("shop", "3f2c1ab9", "Dana", OPENED.minusSeconds(3600), "raise it");

    private Given() {}

    static DesiredBounds inWindow(RemedyPolicy... remedies) {
        return desired(true, remedies);
    }

    static DesiredBounds outsideWindows() {
        return desired(false);
    }

    static ScaleSchedule schedule(RemedyPolicy... remedies) {
        return new ScaleSchedule(
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
                List.of(remedies),
                new AlertRouting(List.of(), Severity.CRITICAL));
    }

    private static DesiredBounds desired(boolean inWindow, RemedyPolicy... remedies) {
        return new DesiredBounds(
                CHECKOUT,
                schedule(remedies),
                COMMIT,
                new Bounds(5, 20),
                false,
                DesiredBounds.Current.of(new Bounds(inWindow ? 7 : 5, 20))
                        .in(
                                inWindow
                                        ? Optional.of(
                                                new OpenWindow("midnight-peak", OPENED, NOW.plusSeconds(900), false))
                                        : Optional.empty())
                        .since(Optional.of(OPENED))
                        .until(Optional.of(NOW.plusSeconds(900))));
    }

    static Diagnosis diagnosis(State state, Cause... causes) {
        return diagnosis(state, 7, Progress.NONE, causes);
    }

    static Diagnosis diagnosis(State state, int available, Progress progress, Cause... causes) {
        return new Diagnosis(
                CHECKOUT,
                "ScaledObject",
                state,
                List.of(causes),
                state.isConverged() ? Optional.empty() : Optional.of(Hop.POD),
                Certainty.CERTAIN,
                "a summary",
                OptionalInt.of(7),
                Optional.empty(),
                Optional.of(new Counters(7, 7, 7, available, available)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                progress);
    }

    static Incident incident(State state, Cause... causes) {
        return new Incident(
                "shop/checkout@then",
                CHECKOUT,
                Optional.of("midnight-peak"),
                state,
                List.of(causes).stream().findFirst(),
                Severity.CRITICAL,
                List.of(),
                NOW.minusSeconds(900),
                Optional.empty(),
                "4 pods cannot pull image shop/web:2.0");
    }

    static ScaledObjectView live(int minimum, Map<String, String> annotations, FieldWriter... writers) {
        return LiveScaledObject.of(minimum, annotations, List.of(writers), NOW);
    }

    static TargetObservation seen(Optional<ScaledObjectView> live) {
        return new TargetObservation(
                CHECKOUT, live, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Set.of());
    }

    static Action.SetMinReplicas raise() {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                CHECKOUT,
                new Action.Version("uid-1", "100"),
                OptionalInt.of(5),
                7,
                Optional.empty(),
                Map.of(),
                false,
                "window midnight-peak opens");
    }

    /** A pass over one target that a schedule names and that was seen and diagnosed. */
    static Pass pass(Diagnosis diagnosis) {
        return pass(Definitions.NONE, Optional.of(inWindow()), Optional.of(diagnosis));
    }

    /** @param desired absent: no schedule names the target, and nothing of it was seen */
    static Pass pass(Definitions definitions, Optional<DesiredBounds> desired, Optional<Diagnosis> diagnosis) {
        TreeMap<Target, DesiredBounds> scheduled = new TreeMap<>();
        TreeMap<Target, TargetObservation> observed = new TreeMap<>();
        TreeMap<Target, Diagnosis> diagnosed = new TreeMap<>();
        desired.ifPresent(bounds -> {
            scheduled.put(CHECKOUT, bounds);
            observed.put(CHECKOUT, seen(Optional.of(live(7, Map.of()))));
        });
        diagnosis.ifPresent(found -> diagnosed.put(CHECKOUT, found));
        return Pass.begin(definitions, new DesiredState(NOW, scheduled, new TreeSet<>()), Diagnoses.NONE)
                .with(ClusterState.NONE, new Observation(NOW, Map.of(), observed, List.of()))
                .with(new Diagnoses(NOW, diagnosed));
    }
}
