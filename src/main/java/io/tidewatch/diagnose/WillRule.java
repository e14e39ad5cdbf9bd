package io.tidewatch.diagnose;

import io.tidewatch.model.Annotations;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Hop;
import io.tidewatch.model.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What the user stopped: a hold of ours, or KEDA's pause, under which the HPA is deleted and a minimum is inert. */
final class WillRule implements Rule {

    private static final String PAUSED = "autoscaling.keda.sh/paused";
    private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

    @Override
    public Optional<Standing> judge(Chain chain) {
        if (!chain.floor().isRight() && isHeld(chain)) {
            return Optional.of(Standing.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.HOLD,
                    "held until " + annotation(chain, Annotations.HOLD_UNTIL).orElse("")
                            + annotation(chain, Annotations.HOLD_REASON)
                                    .map(why -> ": " + why)
                                    .orElse("")));
        }
        if (isPaused(chain)) {
            return Optional.of(Standing.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED,
                    "the ScaledObject is paused by annotation: its minimum does nothing until that is removed"));
        }
        return Optional.empty();
    }

    private static boolean isHeld(Chain chain) {
        try {
            return annotation(chain, Annotations.HOLD_UNTIL)
                    .map(Instant::parse)
                    .filter(chain.question().now()::isBefore)
                    .isPresent();
        } catch (DateTimeException notAnInstant) {
            return false;
        }
    }

    /** The annotation is trusted, not the condition Paused, which paused-scale-in sets too. */
    static boolean isPaused(Chain chain) {
        return annotation(chain, PAUSED).filter("true"::equalsIgnoreCase).isPresent()
                || annotation(chain, PAUSED_REPLICAS).isPresent();
    }

    private static Optional<String> annotation(Chain chain, String key) {
        return chain.scaledObject().flatMap(found -> found.meta().annotation(key));
    }
}
