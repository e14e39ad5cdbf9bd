package io.tidewatch.alert;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.ShortageTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Readable values for a night in Seoul: baseline 5, window 22:31 to 02:05 wants 7, lag from 22:36 on. */
final class Given {

    static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    static final Instant LAG = Instant.parse("2026-11-22T13:36:00Z");
    static final Instant WINDOW_OPENS = Instant.parse("2026-11-22T13:31:00Z");
    static final Instant WINDOW_ENDS = Instant.parse("2026-11-22T17:05:00Z");
    static final Target CART = new Target("shop", "cart");
    static final Commit COMMIT = new Commit(
            "shop", "fffeee8a0", "Dana", WINDOW_OPENS.minusSeconds(3600), "scale the shop up before midnight");
    static final RemedyPolicy NUDGES =
            new RemedyPolicy(RemedyPolicy.Type.NUDGE_REPLICA_SETS, 3, Duration.ofSeconds(20));

    private Given() {}

    static Incident lagging(Target target, Instant opened) {
        return incident(
                target,
                opened,
                State.AVAILABILITY_LAG,
                Optional.of(Cause.UNSCHEDULABLE),
                "5 of 7 available, 2 pods cannot be scheduled: 0/1 nodes are available: 1 Insufficient cpu");
    }

    static Incident stale(Target target, Instant opened) {
        return incident(
                target,
                opened,
                State.STALE_STATUS,
                Optional.of(Cause.STALE_REPLICA_SET_CACHE),
                "5 of 5 pods serve, Rollout.status still says 7 of 7 and Healthy. argo-rollouts#4047, fixed in v1.8.0");
    }

    static Incident incident(Target target, Instant opened, State state, Optional<Cause> cause, String summary) {
        return new Incident(
                target + "@" + opened,
                target,
                state == State.STALE_STATUS ? Optional.empty() : Optional.of("midnight-peak"),
                state,
                cause,
                state == State.STALE_STATUS ? Severity.WARNING : Severity.CRITICAL,
                List.of(),
                opened,
                Optional.empty(),
                summary);
    }

    static Incident over(Incident incident, Instant ended, String summary) {
        return incident.resolved(ended, summary);
    }

    static Conversation told(String receiver, Incident... about) {
        return new Conversation(about[0].id(), receiver, List.of(about), false);
    }

    static Conversation sent(String receiver, Incident... about) {
        return new Conversation(about[0].id(), receiver, List.of(about), true);
    }

    /** What counts for a target in its window, by a schedule that allows these remedies. */
    static DesiredBounds desired(Target target, int min, RemedyPolicy... remedies) {
        return desired(
                target,
                min,
                Optional.of(new DesiredBounds.OpenWindow("midnight-peak", WINDOW_OPENS, WINDOW_ENDS, false)),
                WINDOW_OPENS,
                remedies);
    }

    /** The baseline, which counts since the window ended at that instant. */
    static DesiredBounds afterWindow(Target target, Instant ended, RemedyPolicy... remedies) {
        return desired(target, 5, Optional.empty(), ended, remedies);
    }

    private static DesiredBounds desired(
            Target target,
            int min,
            Optional<DesiredBounds.OpenWindow> window,
            Instant since,
            RemedyPolicy... remedies) {
        ScaleSchedule schedule = new ScaleSchedule(
                target.namespace(),
                target.name() + "-midnight",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName(target.name()),
                SEOUL,
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                ScaleSchedule.ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(remedies),
                new ScaleSchedule.AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                target,
                schedule,
                COMMIT,
                new Bounds(5, 20),
                false,
                DesiredBounds.Current.of(new Bounds(min, 20))
                        .in(window)
                        .since(Optional.of(since))
                        .until(window.map(DesiredBounds.OpenWindow::end)));
    }

    static Diagnosis diagnosis(
            Incident incident, Hop hop, int desired, int live, Counters claimed, Advisory... advisories) {
        return new Diagnosis(
                incident.target(),
                "ScaledObject",
                incident.ended().isPresent() ? State.CONVERGED : incident.state(),
                incident.cause().stream().toList(),
                Optional.of(hop),
                Diagnosis.Certainty.CERTAIN,
                incident.summary(),
                OptionalInt.of(desired),
                Optional.of(claimed),
                Optional.of(counters(live, live)),
                List.of(),
                List.of(),
                List.of(),
                List.of(advisories),
                Progress.NONE.with(ShortageTimes.NONE
                        .withPodsSince(Optional.of(incident.opened().minusSeconds(300)))
                        .withDisagreesSince(Optional.of(incident.opened().minusSeconds(90)))));
    }

    /** As many as these, of which so many are available. */
    static Counters counters(int replicas, int available) {
        return new Counters(replicas, replicas, replicas, available, available);
    }

    /** The chain with this minimum everywhere down to the pods. */
    static TargetObservation seen(Target target, int min, Counters claimed, String phase, String... missing) {
        ObjectMeta meta = meta(target);
        return new TargetObservation(
                target,
                Optional.of(new ScaledObjectView(
                        meta,
                        OptionalInt.of(min),
                        OptionalInt.of(20),
                        OptionalInt.empty(),
                        WorkloadKind.ROLLOUT,
                        target.name(),
                        TargetApi.UNKNOWN,
                        "keda-hpa-" + target.name(),
                        Optional.empty(),
                        Map.of())),
                Optional.of(new HpaView(
                        meta,
                        Optional.empty(),
                        Math.max(1, min),
                        20,
                        WorkloadKind.ROLLOUT,
                        target.name(),
                        TargetApi.UNKNOWN,
                        OptionalInt.of(min),
                        OptionalInt.of(min),
                        Optional.empty(),
                        false,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Map.of())),
                Optional.of(new RolloutView(
                        meta,
                        OptionalInt.of(min),
                        new RolloutView.Strategy.Canary("25%", false, false, 0),
                        false,
                        Optional.empty(),
                        OptionalInt.of(600),
                        0,
                        List.of("shop/" + target.name() + ":1"),
                        Map.of(),
                        status(phase, claimed))),
                List.of(new ReplicaSetView(
                        meta, "abc", OptionalInt.of(min), "1", Optional.empty(), min, 0, min, min, min, 1, Map.of())),
                List.of(),
                List.of(),
                Set.of(missing));
    }

    private static RolloutView.Status status(String phase, Counters claimed) {
        return new RolloutView.Status(
                "1",
                "",
                phase,
                "",
                claimed,
                "abc",
                "abc",
                "",
                "",
                false,
                false,
                List.of(),
                OptionalInt.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static ObjectMeta meta(Target target) {
        return new ObjectMeta(
                target.namespace(),
                target.name(),
                "uid-" + target.name(),
                "100",
                1,
                Optional.empty(),
                false,
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                LAG);
    }

    /** A look at these targets. */
    static Pass pass(Instant at, List<DesiredBounds> desired, List<Diagnosis> diagnoses, List<TargetObservation> seen) {
        TreeMap<Target, DesiredBounds> desiredState = new TreeMap<>();
        desired.forEach(one -> desiredState.put(one.target(), one));
        TreeMap<Target, Diagnosis> found = new TreeMap<>();
        diagnoses.forEach(one -> found.put(one.target(), one));
        TreeMap<Target, TargetObservation> targets = new TreeMap<>();
        seen.forEach(one -> targets.put(one.target(), one));
        return Pass.begin(Definitions.NONE, new DesiredState(at, desiredState, new TreeSet<>()), Diagnoses.NONE)
                .with(io.tidewatch.model.cluster.ClusterState.NONE, new Observation(at, Map.of(), targets, List.of()))
                .with(new Diagnoses(at, found));
    }

    /** A look at targets of which each lags with five of seven. */
    static Pass lagging(Instant at, Incident... incidents) {
        return pass(
                at,
                List.of(incidents).stream()
                        .map(one -> desired(one.target(), 7, NUDGES))
                        .toList(),
                List.of(incidents).stream()
                        .map(one -> diagnosis(one, Hop.POD, 7, 5, counters(7, 5)))
                        .toList(),
                List.of(incidents).stream()
                        .map(one -> seen(one.target(), 7, counters(7, 5), "Progressing"))
                        .toList());
    }

    static Report opened(Instant at, Incident... incidents) {
        return Report.of(at, List.of()).with(Report.Incidents.opened(List.of(incidents)));
    }

    static Report ended(Instant at, Incident... incidents) {
        return Report.of(at, List.of()).with(Report.Incidents.ended(List.of(incidents)));
    }

    static DiaryEntry line(Instant at, Target target, String code, String text) {
        return new DiaryEntry(at, Optional.of(target), code, text);
    }

    /** What is announced, where nothing may fail. */
    static List<AlertMessage> announced(
            Pass pass, Report report, Alerting alerting, List<DiaryEntry> remedies, List<Conversation> running) {
        return PassMessages.of(pass, report, alerting, remedies, running, fault -> {
            throw new AssertionError(fault.summary(), fault.thrown());
        });
    }
}
