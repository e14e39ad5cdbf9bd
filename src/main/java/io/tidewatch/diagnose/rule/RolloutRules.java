package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.ArgoClaim;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.OpenStep;
import io.tidewatch.diagnose.chain.PreviewLeftBehind;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Optional;

/** Of a Rollout. Its status is a claim that is compared with its ReplicaSets. */
final class RolloutRules implements WorkloadRules {

    private static final List<Rule> RULES =
            List.of(new WrittenRule(), new ObservedRule(), new ReplicaSetRule(), new ServingRule());

    @Override
    public List<Rule> rules() {
        return RULES;
    }

    /** Rule G. */
    @Override
    public RuleVerdict serving(Chain chain) {
        if (!chain.areCountersReadable()) {
            return RuleVerdict.unknown("the counters of its status or of its ReplicaSets cannot be read");
        }
        Optional<ReplicaSetView> open = OpenStep.by(chain).filter(set -> OpenStep.waits(chain, set));
        if (open.isPresent() && (OpenStep.ofAborted(chain).isPresent() || !chain.countersAgree())) {
            return RuleVerdict.keptOpen(
                    Numbers.available(chain) + ", " + OpenStep.sentence(chain, open.get()),
                    OpenStep.waitsUntil(chain, open.get()));
        }
        if (!chain.countersAgree()) {
            return RuleVerdict.disagrees(serve(chain) + ", Rollout.status still says " + claim(chain));
        }
        String numbers = Numbers.available(chain);
        RolloutView rollout = chain.rollout().orElseThrow();
        if (rollout.status().aborted()) {
            return RuleVerdict.converged(State.CONVERGED_ABORTED, numbers + ", the Rollout is aborted");
        }
        String claim =
                ArgoClaim.degraded(chain).map(found -> "; " + found.sentence()).orElse("");
        String disproven = claim.isEmpty() ? "" : claim + "; the pods prove otherwise";
        if (rollout.paused() || !rollout.status().pauseReasons().isEmpty()) {
            return RuleVerdict.converged(
                    State.CONVERGED_PAUSED, numbers + ", the Rollout is paused" + leftBehind(chain) + disproven);
        }
        if (!chain.isPromoted() && chain.replicas() > 0) {
            return RuleVerdict.converged(
                    State.CONVERGED_UPDATING, numbers + ", an update is in flight" + leftBehind(chain) + claim);
        }
        return chain.isRestarting()
                ? RuleVerdict.converged(State.CONVERGED_UPDATING, numbers + ", a restart is under way" + disproven)
                : RuleVerdict.converged(State.CONVERGED, numbers + disproven);
    }

    private static String leftBehind(Chain chain) {
        return PreviewLeftBehind.of(chain)
                .map(set -> "; preview ReplicaSet " + set.meta().name() + " is left at " + set.specReplicas() + " ("
                        + PreviewLeftBehind.ISSUE + ")")
                .orElse("");
    }

    private static String serve(Chain chain) {
        int extra = chain.available() - chain.replicas();
        return Math.min(chain.available(), chain.replicas()) + " of " + chain.replicas() + " pods serve"
                + (extra > 0 ? ", " + extra + " more" : "");
    }

    private static String claim(Chain chain) {
        Counters claimed = chain.claimed().orElse(Counters.ZERO);
        String phase = chain.rollout().map(found -> found.status().phase()).orElse("");
        return claimed.availableReplicas() + " of " + claimed.replicas() + (phase.isEmpty() ? "" : " and " + phase);
    }
}
