package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What a Deployment's controller knows when it looks at it.
 *
 * @param sets its ReplicaSets
 * @param pods the pods of these, those that are being deleted included
 */
record DeploymentState(DeploymentView deployment, List<DeploymentSet> sets, List<Live> pods, Instant now) {
    private static final Comparator<DeploymentSet> OLDEST_FIRST =
            Comparator.comparing((DeploymentSet one) -> one.live().created()).thenComparingInt(DeploymentSet::revision);

    DeploymentState {
        sets = sets.stream().sorted(OLDEST_FIRST).toList();
        pods = List.copyOf(pods);
    }

    /** The ReplicaSet of the template as it is now. */
    Optional<DeploymentSet> fresh() {
        String hash = deployment.templateHash();
        return sets.stream().filter(one -> one.hash().equals(hash)).findFirst();
    }

    /** All others, oldest first. */
    List<DeploymentSet> old() {
        Optional<DeploymentSet> fresh = fresh();
        return sets.stream().filter(one -> fresh.filter(one::equals).isEmpty()).toList();
    }

    /** Those of which pods are wanted, oldest first. */
    static List<DeploymentSet> active(List<DeploymentSet> sets) {
        return sets.stream().filter(one -> one.size() > 0).toList();
    }

    static int sum(List<DeploymentSet> sets, ToIntFunction<DeploymentSet> counter) {
        return sets.stream().mapToInt(counter).sum();
    }

    /** A ReplicaSet with pods still remembers another size of the Deployment. */
    boolean isScalingEvent() {
        return active(sets).stream()
                .anyMatch(one -> one.desired()
                        .filter(desired -> desired != deployment.replicas())
                        .isPresent());
    }

    /** One more than any older ReplicaSet has. */
    int nextRevision() {
        return old().stream().mapToInt(DeploymentSet::revision).max().orElse(0) + 1;
    }
}
