package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.OpenStep;
import io.tidewatch.diagnose.chain.PreviewLeftBehind;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules D and E: live ReplicaSets are observed, up to date, and have the replicas that the Rollout asks for. */
final class ReplicaSetRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (!chain.canSee("ReplicaSet")) {
            return Optional.of(RuleVerdict.unknown("its ReplicaSets were not seen"));
        }
        if (chain.sets().isEmpty() && chain.replicas() > 0) {
            return behind(chain.workloadHop(), "the " + chain.kind() + " has no ReplicaSet");
        }
        return unobserved(chain).or(() -> unacknowledged(chain));
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(
                Cause.ROLLOUT_PAUSED,
                        kubectl -> "kubectl patch rollout " + kubectl.rollout() + kubectl.inNamespace()
                                + " --type merge -p '{\"spec\":{\"paused\":false}}'  (resumes it)",
                Cause.INCONCLUSIVE_ANALYSIS, kubectl -> "kubectl get analysisrun" + kubectl.inNamespace());
    }

    private static Optional<RuleVerdict> unobserved(Chain chain) {
        return chain.sets().stream()
                .filter(set -> set.observedGeneration() < set.meta().generation())
                .findFirst()
                .flatMap(set -> behind(
                        Hop.REPLICA_SET,
                        "ReplicaSet " + set.meta().name()
                                + " was changed, and kube-controller-manager has not observed the change yet"));
    }

    private static Optional<RuleVerdict> unacknowledged(Chain chain) {
        Optional<ReplicaSetView> old = Stream.concat(chain.current().stream(), chain.stable().stream())
                .filter(set -> set.specReplicas() != 0)
                .filter(set -> OpenStep.ofAborted(chain).filter(set::equals).isEmpty())
                .filter(set -> PreviewLeftBehind.of(chain).filter(set::equals).isEmpty())
                .filter(set ->
                        set.desiredReplicas().isEmpty() || set.desiredReplicas().getAsInt() != chain.replicas())
                .findFirst();
        if (old.isPresent() && chain.isHeldCanary()) {
            return Optional.of(held(chain));
        }
        return old.flatMap(set -> behind(
                chain.workloadHop(),
                "the " + chain.kind() + " wants " + chain.replicas() + ", ReplicaSet "
                        + set.meta().name() + " has desired-replicas "
                        + (set.desiredReplicas().isPresent()
                                ? set.desiredReplicas().getAsInt()
                                : "none")));
    }

    static RuleVerdict held(Chain chain) {
        boolean paused = chain.rollout().orElseThrow().paused();
        String numbers = Numbers.available(chain);
        return RuleVerdict.stopped(
                State.BLOCKED,
                Hop.ROLLOUT,
                paused ? Cause.ROLLOUT_PAUSED : Cause.INCONCLUSIVE_ANALYSIS,
                numbers
                        + (paused
                                ? ": the canary is paused by spec.paused and is not scaled until resumed"
                                : ": paused by an inconclusive analysis, and not scaled until resumed or aborted"));
    }

    private static Optional<RuleVerdict> behind(Hop hop, String sentence) {
        return Optional.of(RuleVerdict.behind(hop, Clock.TIMEOUT, sentence));
    }
}
