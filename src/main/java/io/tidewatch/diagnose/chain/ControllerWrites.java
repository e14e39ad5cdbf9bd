package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Whether the Rollouts controller wrote the status after the ReplicaSets had changed: then it read them, from an old copy. API times are whole seconds: on a version that may have argo-rollouts#4047 the same second counts as after.
 */
public final class ControllerWrites {

    private static final String STATUS = "status";

    /** Within this, a write before the last change belongs to the same step: the controller was counting its pods. */
    private static final Duration SAME_STEP = Duration.ofSeconds(5);

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private ControllerWrites() {}

    /** On a version without the fault, a write within the second of the change belongs to the step itself. */
    public static boolean isAfterChange(Chain chain) {
        return isNotBefore(last(chain.rollout().orElseThrow()), changed(chain), sameSecond(chain));
    }

    private static Duration sameSecond(Chain chain) {
        return Advisories.isAffectedByStaleCache(chain.controllers()) ? Duration.ZERO : ONE_SECOND.negated();
    }

    /** The controller has written another Rollout's status since: it lives, and had nothing to correct here. */
    public static boolean livesSinceChange(Chain chain) {
        return isNotBefore(chain.input().around().controllerSeen(), changed(chain), sameSecond(chain));
    }

    /** The last write came while the step was counted, a moment before its last pod. */
    public static boolean isDuringStep(Chain chain) {
        return isNotBefore(last(chain.rollout().orElseThrow()), changed(chain), SAME_STEP);
    }

    /** Its Lease was renewed for long after the change: it lives, and has written nothing here. */
    public static boolean outlived(Chain chain) {
        return changed(chain)
                .filter(at -> ControllerDown.isRolloutsAliveAfter(chain, at))
                .isPresent();
    }

    private static boolean isNotBefore(Optional<Instant> wrote, Optional<Instant> changed, Duration slack) {
        return wrote.isPresent()
                && changed.isPresent()
                && !wrote.get()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .isBefore(changed.get().truncatedTo(ChronoUnit.SECONDS).minus(slack));
    }

    /** The newest trace of a write to the Rollout's status. */
    public static Optional<Instant> last(RolloutView rollout) {
        Optional<Instant> last = Optional.empty();
        for (FieldWriter writer : rollout.meta().writers()) {
            if (writer.subresource().equals(STATUS)) {
                last = later(last, writer.time());
            }
        }
        for (Condition condition : rollout.status().conditions().values()) {
            last = later(later(last, condition.lastUpdate()), condition.lastTransition());
        }
        return last;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        boolean isOther = other.isPresent() && (one.isEmpty() || other.get().isAfter(one.get()));
        return isOther ? other : one;
    }

    /** When the ReplicaSets last changed in what is counted; a nudge of ours changes nothing of that. */
    private static Optional<Instant> changed(Chain chain) {
        if (!chain.input().isLive()) {
            return Standstill.of(chain).map(Standstill::since);
        }
        return chain.sets().stream().map(ControllerWrites::changed).max(Instant::compareTo);
    }

    private static Instant changed(ReplicaSetView set) {
        return set.meta().writers().stream()
                .filter(writer -> writer.subresource().equals(STATUS))
                .map(FieldWriter::time)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(set.meta().seenAt());
    }
}
