package io.tidewatch.diagnose;

import io.tidewatch.model.Annotations;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Hop;
import io.tidewatch.model.State;
import java.util.Optional;

/** What the user stopped: a hold of ours, or KEDA's pause, under which the HPA is deleted and a minimum is inert. */
final class WillRule implements Rule {

    @Override
    public Optional<Standing> judge(Chain chain) {
        if (!chain.floor().isRight() && isHeld(chain)) {
            return Optional.of(Standing.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.HOLD,
                    numbers(chain) + "held until "
                            + annotation(chain, Annotations.HOLD_UNTIL).orElse("")
                            + annotation(chain, Annotations.HOLD_REASON)
                                    .map(why -> ": " + why)
                                    .orElse("")));
        }
        if (KedaPause.isFull(chain)) {
            return Optional.of(Standing.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED,
                    numbers(chain) + "the ScaledObject is paused"
                            + KedaPause.at(chain).map(at -> " at " + at).orElse("")
                            + " by annotation: its minimum does nothing until that is removed"));
        }
        if (KedaPause.isStuckAtZero(chain)) {
            return Optional.of(Standing.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED,
                    "paused-scale-out keeps the Rollout at 0: only KEDA could scale it up"));
        }
        return Optional.empty();
    }

    /** First, where a Rollout was seen to have any. */
    private static String numbers(Chain chain) {
        return chain.live().isPresent() ? Numbers.ofWanted(chain) + ", " : "";
    }

    private static boolean isHeld(Chain chain) {
        return annotation(chain, Annotations.HOLD_UNTIL)
                .flatMap(Annotations::instant)
                .filter(chain.question().now()::isBefore)
                .isPresent();
    }

    private static Optional<String> annotation(Chain chain, String key) {
        return chain.scaledObject().flatMap(found -> found.meta().annotation(key));
    }
}
