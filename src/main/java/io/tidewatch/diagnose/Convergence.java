package io.tidewatch.diagnose;

import io.tidewatch.model.Counters;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.State;
import java.util.List;
import java.util.Optional;

/** Asks the rules in order, from the ScaledObject to the pods; whatever passes them all serves, and only G is left. */
final class Convergence {

    private static final List<Rule> RULES = List.of(
            new ContactRule(),
            new PresenceRule(),
            new InvalidSpecRule(),
            new WillRule(),
            new AutoscalerRule(),
            new ObservedRule(),
            new ReplicaSetRule(),
            new ServingRule());

    private Convergence() {}

    static Standing of(Chain chain) {
        return RULES.stream()
                .map(rule -> rule.judge(chain))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> serving(chain));
    }

    /** Rule G. */
    private static Standing serving(Chain chain) {
        if (!chain.countersAgree()) {
            return Standing.disagrees(serve(chain) + ", Rollout.status still says " + claim(chain));
        }
        String numbers = Numbers.available(chain);
        RolloutView rollout = chain.rollout().orElseThrow();
        if (rollout.status().aborted()) {
            return Standing.converged(State.CONVERGED_ABORTED, numbers + ", the Rollout is aborted");
        }
        if (rollout.paused() || !rollout.status().pauseReasons().isEmpty()) {
            return Standing.converged(State.CONVERGED_PAUSED, numbers + ", the Rollout is paused");
        }
        if (!chain.isPromoted() && chain.replicas() > 0) {
            return Standing.converged(State.CONVERGED_UPDATING, numbers + ", an update is in flight");
        }
        return chain.isRestarting()
                ? Standing.converged(State.CONVERGED_UPDATING, numbers + ", a restart is under way")
                : Standing.converged(State.CONVERGED, numbers);
    }

    private static String serve(Chain chain) {
        return chain.available() + " of " + chain.replicas() + " pods serve";
    }

    private static String claim(Chain chain) {
        Counters claimed = chain.claimed().orElse(Counters.ZERO);
        String phase = chain.rollout().map(found -> found.status().phase()).orElse("");
        return claimed.availableReplicas() + " of " + claimed.replicas() + (phase.isEmpty() ? "" : " and " + phase);
    }
}
