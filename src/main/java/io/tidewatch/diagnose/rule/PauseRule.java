package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.KedaPause;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a person has stopped the target: by a hold, or by KEDA's pause, which deletes the HPA so that a minimum has no effect. */
final class PauseRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (!chain.minimum().isRight() && isHeld(chain)) {
            return Optional.of(RuleVerdict.stopped(
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
            return Optional.of(RuleVerdict.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED,
                    numbers(chain) + "the ScaledObject is paused"
                            + KedaPause.at(chain).map(at -> " at " + at).orElse("")
                            + " by annotation: its minimum does nothing until that is removed"));
        }
        if (KedaPause.isStuckAtZero(chain)) {
            return Optional.of(RuleVerdict.stopped(
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED,
                    "paused-scale-out keeps the " + chain.kind() + " at 0: only KEDA could scale it up"));
        }
        return Optional.empty();
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(
                Cause.HOLD,
                kubectl -> "tidewatch release " + kubectl.name() + kubectl.inNamespace(),
                Cause.SCALED_OBJECT_PAUSED,
                PauseRule::endPause);
    }

    /** Removes the annotations that are there: a trailing minus removes one. */
    private static String endPause(Kubectl kubectl) {
        String pauses = Stream.of("paused", "paused-replicas", "paused-scale-out")
                .map(pause -> "autoscaling.keda.sh/" + pause)
                .filter(pause -> kubectl.scaledObject()
                        .flatMap(found -> found.meta().annotation(pause))
                        .isPresent())
                .map(pause -> pause + "-")
                .collect(Collectors.joining(" "));
        return "kubectl annotate scaledobject " + kubectl.name() + kubectl.inNamespace() + " " + pauses
                + "  (ends the pause)";
    }

    /** First, where a Rollout was seen to have any. */
    private static String numbers(Chain chain) {
        return chain.live().isPresent() ? Numbers.ofDesired(chain) + ", " : "";
    }

    private static boolean isHeld(Chain chain) {
        return chain.autoscaler()
                .flatMap(found -> found.meta().heldUntil(chain.input().now()))
                .isPresent();
    }

    private static Optional<String> annotation(Chain chain, String key) {
        return chain.autoscaler().flatMap(found -> found.meta().annotation(key));
    }
}
