package io.tidewatch.diagnose;

import io.tidewatch.diagnose.Standing.Clock;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Hop;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.State;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules D and E: live ReplicaSets are seen, up to date, and carry the replicas that the Rollout asks for. */
final class ReplicaSetRule implements Rule {

    @Override
    public Optional<Standing> judge(Chain chain) {
        if (!chain.canSee("ReplicaSet")) {
            return Optional.of(Standing.unknown("its ReplicaSets were not seen"));
        }
        if (chain.sets().isEmpty() && chain.replicas() > 0) {
            return behind(Hop.ROLLOUT, "the Rollout has no ReplicaSet");
        }
        return unobserved(chain).or(() -> unacknowledged(chain));
    }

    private static Optional<Standing> unobserved(Chain chain) {
        return chain.sets().stream()
                .filter(set -> set.observedGeneration() < set.meta().generation())
                .findFirst()
                .flatMap(set -> behind(
                        Hop.REPLICA_SET,
                        "ReplicaSet " + set.meta().name()
                                + " was changed, and kube-controller-manager has not looked at it yet"));
    }

    private static Optional<Standing> unacknowledged(Chain chain) {
        Optional<ReplicaSetView> old = Stream.concat(chain.current().stream(), chain.stable().stream())
                .filter(set -> set.specReplicas() != 0)
                .filter(set -> OpenStep.ofAborted(chain).filter(set::equals).isEmpty())
                .filter(set ->
                        set.desiredReplicas().isEmpty() || set.desiredReplicas().getAsInt() != chain.replicas())
                .findFirst();
        if (old.isPresent() && chain.isHeldCanary()) {
            return Optional.of(held(chain));
        }
        return old.flatMap(set -> behind(
                Hop.ROLLOUT,
                "the Rollout wants " + chain.replicas() + ", ReplicaSet "
                        + set.meta().name() + " was told "
                        + (set.desiredReplicas().isPresent()
                                ? set.desiredReplicas().getAsInt()
                                : "nothing")));
    }

    static Standing held(Chain chain) {
        boolean paused = chain.rollout().orElseThrow().paused();
        String numbers = Numbers.available(chain);
        return Standing.stopped(
                State.BLOCKED,
                Hop.ROLLOUT,
                paused ? Cause.ROLLOUT_PAUSED : Cause.INCONCLUSIVE_ANALYSIS,
                numbers
                        + (paused
                                ? ": the canary is paused by spec.paused and is not scaled until resumed"
                                : ": paused by an inconclusive analysis, and not scaled until resumed or aborted"));
    }

    private static Optional<Standing> behind(Hop hop, String says) {
        return Optional.of(Standing.behind(hop, Clock.TIMEOUT, says));
    }
}
