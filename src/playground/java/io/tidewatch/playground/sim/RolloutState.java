package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input of the Rollouts controller in one synchronisation: the Rollout, its ReplicaSets as its cache holds
 * them, their pods, and the services of a blue-green.
 *
 * @param isInconclusive the analysis of the update under way has ended without a verdict
 * @param forbidsEviction a PodDisruptionBudget of the namespace allows no eviction now
 */
record RolloutState(
        RolloutView rollout,
        List<RsCopy> replicaSets,
        List<Live> pods,
        Map<String, Live> services,
        boolean isInconclusive,
        boolean passesPreviewBy,
        boolean forbidsEviction,
        RolloutsVersion version,
        Instant now) {

    RolloutState {
        replicaSets = List.copyOf(replicaSets);
        pods = List.copyOf(pods);
        services = Map.copyOf(services);
    }

    Optional<RsCopy> fresh() {
        return byHash(rollout.templateHash());
    }

    Optional<RsCopy> stable() {
        return byHash(rollout.stableHash());
    }

    /** Neither new nor stable. */
    List<RsCopy> others() {
        List<RsCopy> others = new ArrayList<>(replicaSets);
        fresh().ifPresent(others::remove);
        stable().ifPresent(others::remove);
        return others;
    }

    Optional<RsCopy> byHash(String hash) {
        return replicaSets.stream()
                .filter(one -> !hash.isEmpty() && one.hash().equals(hash))
                .findFirst();
    }

    /** The hash that the new ReplicaSet has, or will have. */
    String freshHash() {
        return rollout.templateHash();
    }

    /** The preview ReplicaSet that keeps its size and its desired-replicas. */
    Optional<RsCopy> passedBy() {
        return fresh().filter(preview -> passesPreviewBy
                && preview.size() > 0
                && !preview.hash().equals(rollout.stableHash())
                && !preview.hash().equals(rollout.activeHash()));
    }

    int newRevision() {
        String hash = freshHash();
        return 1
                + replicaSets.stream()
                        .filter(one -> !one.hash().equals(hash))
                        .mapToInt(RsCopy::revision)
                        .max()
                        .orElse(0);
    }

    int total(java.util.function.ToIntFunction<RsCopy> counter) {
        return replicaSets.stream().mapToInt(counter).sum();
    }

    boolean isTemplateChanged() {
        String current = rollout.currentHash();
        return !current.isEmpty() && !current.equals(freshHash());
    }
}
