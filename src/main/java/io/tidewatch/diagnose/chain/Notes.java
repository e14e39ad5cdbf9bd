package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes of a diagnosis: facts that inform without changing the state. */
public final class Notes {

    private Notes() {}

    public static List<Note> of(Chain chain, State state) {
        List<Note> notes = new ArrayList<>();
        if (chain.minimum().isRaisedManually()) {
            notes.add(Note.RAISED_MANUALLY);
        }
        holds(chain).ifPresent(notes::add);
        atZero(chain).ifPresent(notes::add);
        if (isScaleDownDelayed(chain)) {
            notes.add(Note.SCALE_DOWN_DELAY);
        }
        if (BrokenRevision.takesCapacity(chain, state == State.AVAILABILITY_LAG)) {
            notes.add(Note.BROKEN_REVISION_TAKES_CAPACITY);
        }
        if (isOverwritten(chain)) {
            notes.add(Note.RESCALED_REPEATEDLY);
        }
        if (chain.workload().filter(found -> !found.isFollowed()).isPresent()) {
            notes.add(Note.PODS_NOT_FOLLOWED);
        }
        return notes;
    }

    /** The HPA's number stands at the moment; another writer has overwritten it again and again. */
    private static boolean isOverwritten(Chain chain) {
        return chain.overwriting()
                .filter(found -> found.isRepeated() && chain.replicas() == found.desired())
                .isPresent();
    }

    /** Why there are more replicas than the minimum. */
    private static Optional<Note> holds(Chain chain) {
        Optional<HpaView> hpa = chain.hpa()
                .filter(found -> chain.workload().isPresent()
                        && found.minReplicas() == chain.hpaMinimum()
                        && found.desiredReplicas().orElse(0) > chain.hpaMinimum()
                        && chain.replicas() > chain.hpaMinimum());
        if (hpa.isEmpty()) {
            return CanaryFeed.isAsked(chain) ? Optional.of(Note.CANARY_FEEDS_HPA) : Optional.empty();
        }
        if (KedaPause.isScaleIn(chain)) {
            return Optional.of(Note.SCALE_IN_PAUSED);
        }
        if (isMetricsFailing(chain) || isFallenBack(chain)) {
            return Optional.of(Note.METRICS_FAILING_HOLD_REPLICAS);
        }
        if (chain.hpaCondition("ScalingLimited")
                .filter(limited -> limited.isTrue() && limited.reason().equals("TooFewReplicas"))
                .isPresent()) {
            return Optional.empty();
        }
        return chain.hpaCondition("AbleToScale")
                .map(able -> able.reason().equals("ScaleDownStabilized") || isLimited(chain)
                        ? Note.STABILIZING
                        : grown(chain));
    }

    private static Note grown(Chain chain) {
        if (CanaryFeed.isFollowed(chain)) {
            return Note.CANARY_FEEDS_HPA;
        }
        return chain.hpa().filter(hpa -> isWithinTolerance(chain, hpa)).isPresent()
                ? Note.WITHIN_TOLERANCE
                : Note.LOAD_HOLDS_REPLICAS;
    }

    /** The metrics ask for fewer pods, and are so near to their targets that the HPA changes nothing. */
    private static boolean isWithinTolerance(Chain chain, HpaView hpa) {
        double usage = hpa.usage().orElse(1);
        return hpa.scaleDownTolerance().isPresent()
                && usage >= 1 - hpa.scaleDownTolerance().getAsDouble()
                && Math.ceil(usage * chain.replicas()) < chain.replicas();
    }

    /** Since Kubernetes 1.36 an HPA that scaled to zero itself says so, and scales up again; from any other zero it does not. */
    private static Optional<Note> atZero(Chain chain) {
        if (chain.workload().isEmpty() || chain.replicas() != 0) {
            return Optional.empty();
        }
        if (chain.isScaledToZero()) {
            return Optional.of(Note.SCALED_TO_ZERO);
        }
        return chain.hpaCondition("ScalingActive")
                .filter(active ->
                        chain.scaledObject().isEmpty() && chain.minimum().counts() == 0)
                .filter(active -> active.isFalse() && active.reason().equals("ScalingDisabled"))
                .map(active -> Note.DISABLED_AT_ZERO);
    }

    /** Its policies let it down step by step, whatever the load. */
    private static boolean isLimited(Chain chain) {
        return chain.hpaCondition("ScalingLimited")
                .filter(limited -> limited.isTrue() && limited.reason().equals("ScaleDownLimit"))
                .isPresent();
    }

    /** At zero the HPA is disabled, which is no failure. Without the HPA's own condition KEDA's counts. */
    static boolean isMetricsFailing(Chain chain) {
        if (chain.hpaCondition("ScalingActive").isEmpty()) {
            return KedaConditions.hpaInactive(chain).isPresent();
        }
        return chain.hpaCondition("ScalingActive").filter(Condition::isFalse).stream()
                .anyMatch(active -> !active.reason().equals("ScalingDisabled"));
    }

    /** KEDA answers for a trigger that fails with a number written in the ScaledObject: the HPA knows no better. */
    private static boolean isFallenBack(Chain chain) {
        return chain.scaledObjectCondition("Fallback").filter(Condition::isTrue).isPresent();
    }

    /** Kept past its deadline is no delay. */
    static boolean isScaleDownDelayed(Chain chain) {
        String current =
                chain.rollout().map(found -> found.status().currentPodHash()).orElse("");
        return chain.sets().stream()
                .filter(set -> !set.podHash().equals(current) && set.replicas() > 0)
                .flatMap(set -> set.scaleDownDeadline().stream())
                .anyMatch(chain.input().now().minus(chain.input().checks().staleGrace())::isBefore);
    }
}
