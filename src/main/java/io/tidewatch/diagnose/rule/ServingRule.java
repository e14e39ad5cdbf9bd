package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;
import java.util.function.Predicate;

/** Rule F: enough pods serve, for a promoted Rollout and for one in mid-update or aborted. */
final class ServingRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        Optional<RuleVerdict> lack = chain.isPromoted() ? promoted(chain) : updating(chain);
        return lack.or(() -> PodCounts.unproven(chain));
    }

    private static Optional<RuleVerdict> promoted(Chain chain) {
        int desired = chain.replicas();
        Optional<ReplicaSetView> current = chain.current();
        if (current.isPresent() || desired > 0) {
            Optional<RuleVerdict> lack = current.map(set -> full(chain, set, desired))
                    .orElseGet(() -> PodCounts.behind(chain, Hop.ROLLOUT, "no ReplicaSet of the current template"));
            if (lack.isPresent()) {
                return lack;
            }
        }
        return cutOver(chain).or(() -> leftover(chain));
    }

    private static Optional<RuleVerdict> full(Chain chain, ReplicaSetView set, int desired) {
        if (set.specReplicas() != desired) {
            return chain.isHeldCanary()
                    ? Optional.of(ReplicaSetRule.held(chain))
                    : PodCounts.behind(
                            chain, Hop.ROLLOUT, "ReplicaSet " + set.meta().name() + " is set to " + set.specReplicas());
        }
        return PodCounts.settled(chain, set);
    }

    private static Optional<RuleVerdict> cutOver(Chain chain) {
        Optional<Strategy.BlueGreen> blueGreen = chain.blueGreen();
        if (blueGreen.isEmpty()) {
            return Optional.empty();
        }
        RolloutView.Status status = chain.rollout().orElseThrow().status();
        if (!status.activeSelector().equals(status.currentPodHash())) {
            return PodCounts.behind(chain, Hop.ROLLOUT, "the active service does not point to the current ReplicaSet");
        }
        return blueGreen.get().hasPreviewService() && !status.previewSelector().equals(status.currentPodHash())
                ? PodCounts.behind(chain, Hop.ROLLOUT, "the preview service does not point to the current ReplicaSet")
                : Optional.empty();
    }

    /** Pods of older revisions are no lag while their ReplicaSet waits for its scale-down deadline. */
    private static Optional<RuleVerdict> leftover(Chain chain) {
        String current = chain.rollout().orElseThrow().status().currentPodHash();
        boolean basicCanary = chain.canary().filter(c -> !c.trafficRouted()).isPresent();
        Moment lately = chain.input().now().minus(chain.input().checks().staleGrace());
        Predicate<ReplicaSetView> waits = set ->
                !basicCanary && set.scaleDownDeadline().filter(lately::isBefore).isPresent();
        return chain.sets().stream()
                .filter(set -> !set.podHash().equals(current))
                .filter(set -> set.replicas() != 0 || set.specReplicas() != 0)
                .filter(waits.negate())
                .findFirst()
                .flatMap(set -> PodCounts.behind(
                        chain,
                        Hop.ROLLOUT,
                        set.replicas() + " pods of the older ReplicaSet "
                                + set.meta().name() + " are left, "
                                + set.scaleDownDeadline()
                                        .map(at -> "past their scale-down deadline of " + at)
                                        .orElse("without a scale-down deadline")));
    }

    private static Optional<RuleVerdict> updating(Chain chain) {
        for (ReplicaSetView set : chain.sets()) {
            Optional<RuleVerdict> unsettled = PodCounts.settled(chain, set);
            if (unsettled.isPresent()) {
                return unsettled;
            }
        }
        return enough(chain) ? Optional.empty() : PodCounts.behind(chain, Hop.ROLLOUT, "");
    }

    private static boolean enough(Chain chain) {
        int desired = chain.replicas();
        if (chain.blueGreen().isPresent()) {
            String active = chain.rollout().orElseThrow().status().activeSelector();
            return desired == 0
                    || chain.set(active)
                            .filter(set -> set.availableReplicas() == desired)
                            .isPresent();
        }
        Strategy.Canary canary = chain.canary().orElseThrow();
        if (canary.dynamicStableScale()) {
            return chain.available() > 0 || desired == 0;
        }
        if (canary.trafficRouted()) {
            return desired == 0
                    || chain.stable()
                            .filter(set -> set.availableReplicas() >= desired)
                            .isPresent();
        }
        return chain.available() >= desired - chain.maxUnavailable();
    }
}
