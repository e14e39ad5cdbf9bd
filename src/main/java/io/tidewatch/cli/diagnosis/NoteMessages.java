package io.tidewatch.cli.diagnosis;

import io.tidewatch.cli.diagnosis.DiagnosisOutput.Diagnosed;
import io.tidewatch.diagnose.workload.Revisions;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.ownership.BeforeRecord;
import io.tidewatch.ownership.OwnRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The text of a note: its word, then the numbers behind it. */
final class NoteMessages {

    private NoteMessages() {}

    static String of(Note note, Diagnosed diagnosed) {
        TargetObservation seen = diagnosed.seen();
        String kept = seen.replicas().orElse(0) + " kept above the minimum of "
                + seen.hpa().map(HpaView::minReplicas).orElse(0);
        return note.word() + ": "
                + switch (note) {
                    case LOAD_HOLDS_REPLICAS -> kept + " by the load";
                    case CANARY_FEEDS_HPA -> fed(seen);
                    case METRICS_FAILING_HOLD_REPLICAS ->
                        kept
                                + (isFallenBack(seen)
                                        ? ": a trigger fails, and KEDA answers with the fallback of the ScaledObject"
                                        : ": the HPA gets no metrics and does not scale down without them");
                    case SCALE_IN_PAUSED -> kept + scaleIn(seen);
                    case STABILIZING ->
                        kept
                                + (isStabilized(seen)
                                        ? " until the HPA's stabilization window has passed"
                                        : ": the HPA's scale-down policies let it down step by step");
                    case RAISED_MANUALLY ->
                        "the minimum was raised manually to "
                                + seen.scaledObject()
                                        .map(ScaledObjectView::bounds)
                                        .map(bounds -> bounds.min())
                                        .orElse(0)
                                + ", above the desired "
                                + diagnosed.diagnosis().desired().orElse(0) + "; it stays";
                    case WITHIN_TOLERANCE -> kept + tolerated(seen);
                    case SCALED_TO_ZERO ->
                        "the HPA has scaled the " + seen.workloadKind()
                                + " to 0 itself, and raises it again when a metric asks for it";
                    case DISABLED_AT_ZERO ->
                        "the HPA has not scaled the " + seen.workloadKind()
                                + " to 0 itself, so it is disabled until somebody sets"
                                + " spec.replicas to at least 1";
                    case SCALE_DOWN_DELAY -> delayed(seen);
                    case BROKEN_REVISION_TAKES_CAPACITY -> broken(seen);
                    case PODS_NOT_FOLLOWED ->
                        "the pods of a " + seen.workloadKind()
                                + " are not followed: its own status or its HPA says how many there are";
                    case RESCALED_REPEATEDLY ->
                        "the HPA sets spec.replicas to "
                                + seen.hpa()
                                        .map(found -> found.desiredReplicas().orElse(0))
                                        .orElse(0)
                                + " again and again, so another writer changes spec.replicas in between";
                    case LACKED_BEFORE_STEP -> before(seen);
                };
    }

    private static String before(TargetObservation seen) {
        Optional<OwnRecord> ours = seen.autoscaler().map(live -> new OwnRecord(live.meta()));
        return "when the step was written"
                + ours.flatMap(OwnRecord::stepAt).map(at -> " at " + at).orElse("") + ", the target was "
                + ours.flatMap(OwnRecord::before).map(BeforeRecord::text).orElse("short of pods");
    }

    private static String fed(TargetObservation seen) {
        int counted = seen.rollout()
                .map(rollout -> rollout.status().counters().hpaReplicas())
                .orElse(0);
        return "the HPA counts the pods of the update as well (status.HPAReplicas " + counted + ", spec.replicas "
                + seen.replicas().orElse(0)
                + ") and has raised the Rollout above the minimum of "
                + seen.hpa().map(HpaView::minReplicas).orElse(0)
                + "; set dynamicStableScale, or freeze updates in the window (freezeRollouts)";
    }

    private static String tolerated(TargetObservation seen) {
        HpaView hpa = seen.hpa().orElseThrow();
        return ": the metrics are at " + Math.round(hpa.usage().orElse(1) * 100)
                + " % of their targets, within behavior.scaleDown.tolerance "
                + hpa.scaleDownTolerance().orElse(0);
    }

    private static String scaleIn(TargetObservation seen) {
        return seen.scaledObject()
                        .flatMap(found -> found.meta().annotation("autoscaling.keda.sh/paused-scale-in"))
                        .isPresent()
                ? " by the annotation autoscaling.keda.sh/paused-scale-in"
                : ": the HPA's behavior.scaleDown.selectPolicy is Disabled";
    }

    private static boolean isStabilized(TargetObservation seen) {
        return seen.hpa()
                .map(found -> found.conditions().get("AbleToScale"))
                .filter(able -> able.reason().equals("ScaleDownStabilized"))
                .isPresent();
    }

    private static boolean isFallenBack(TargetObservation seen) {
        return seen.scaledObject()
                .map(found -> found.conditions().get("Fallback"))
                .filter(Condition::isTrue)
                .isPresent();
    }

    private static String delayed(TargetObservation seen) {
        List<ReplicaSetView> waiting = seen.replicaSets().stream()
                .filter(set -> set.replicas() > 0 && set.scaleDownDeadline().isPresent())
                .sorted(Comparator.comparing(set -> set.scaleDownDeadline().orElse(Instant.EPOCH)))
                .toList();
        if (waiting.isEmpty()) {
            return "an older ReplicaSet keeps its pods";
        }
        Instant last = waiting.get(waiting.size() - 1).scaleDownDeadline().orElse(Instant.EPOCH);
        int pods = waiting.stream().mapToInt(ReplicaSetView::replicas).sum();
        return waiting.size() == 1
                ? "older ReplicaSet " + waiting.get(0).meta().name() + " keeps " + pods + " pods until " + last
                : waiting.size() + " older ReplicaSets keep " + pods + " pods, the last until " + last;
    }

    private static String broken(TargetObservation seen) {
        Optional<ReplicaSetView> current = seen.workload()
                .flatMap(found ->
                        Revisions.of(found, seen, new Moment(Instant.EPOCH)).current());
        return current.map(set -> (set.specReplicas() - set.availableReplicas()) + " of " + set.specReplicas()
                        + " pods of the update (" + set.meta().name()
                        + ") do not start, and use the capacity that is added")
                .orElse("the update's pods do not start");
    }
}
