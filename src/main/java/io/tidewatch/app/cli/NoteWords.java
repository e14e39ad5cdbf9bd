package io.tidewatch.app.cli;

import io.tidewatch.app.cli.DiagnoseVerb.Told;
import io.tidewatch.model.Condition;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.Note;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.TargetObservation;
import java.time.Instant;
import java.util.Optional;

/** What a note means for a person: its word, then the numbers behind it. */
final class NoteWords {

    private NoteWords() {}

    static String of(Note note, Told told) {
        TargetObservation seen = told.seen();
        String kept = seen.rollout().map(RolloutView::wantedReplicas).orElse(0) + " kept above the minimum of "
                + seen.hpa().map(HpaView::minReplicas).orElse(0);
        return note.word() + ": "
                + switch (note) {
                    case LOAD_HOLDS_REPLICAS -> kept + " by the load";
                    case METRICS_FAILING_HOLD_REPLICAS ->
                        kept
                                + (isFallenBack(seen)
                                        ? ": a trigger fails, and KEDA answers with the fallback of the ScaledObject"
                                        : ": the HPA gets no metrics, and scales down again only when it does");
                    case SCALE_IN_PAUSED -> kept + " by the annotation autoscaling.keda.sh/paused-scale-in";
                    case STABILIZING -> kept + " until the HPA's stabilization window has passed";
                    case RAISED_BY_HAND ->
                        "somebody set the minimum to "
                                + seen.scaledObject()
                                        .map(ScaledObjectView::bounds)
                                        .map(bounds -> bounds.min())
                                        .orElse(0)
                                + ", above the wanted "
                                + told.diagnosis().wanted().orElse(0) + "; left alone";
                    case SCALE_DOWN_DELAY -> delayed(seen);
                    case BROKEN_REVISION_TAKES_CAPACITY -> broken(seen);
                };
    }

    private static boolean isFallenBack(TargetObservation seen) {
        return seen.scaledObject()
                .map(found -> found.conditions().get("Fallback"))
                .filter(Condition::isTrue)
                .isPresent();
    }

    private static String delayed(TargetObservation seen) {
        return seen.replicaSets().stream()
                .filter(set -> set.replicas() > 0 && set.scaleDownDeadline().isPresent())
                .findFirst()
                .map(set -> "older ReplicaSet " + set.meta().name() + " keeps " + set.replicas() + " pods until "
                        + set.scaleDownDeadline().orElse(Instant.EPOCH))
                .orElse("an older ReplicaSet keeps its pods");
    }

    private static String broken(TargetObservation seen) {
        Optional<ReplicaSetView> current = seen.rollout()
                .map(rollout -> rollout.status().currentPodHash())
                .flatMap(hash -> seen.replicaSets().stream()
                        .filter(set -> set.podHash().equals(hash))
                        .findFirst());
        return current.map(set -> (set.specReplicas() - set.availableReplicas()) + " of " + set.specReplicas()
                        + " pods of the update (" + set.meta().name() + ") do not come up, and take what is added")
                .orElse("the update's pods do not come up");
    }
}
