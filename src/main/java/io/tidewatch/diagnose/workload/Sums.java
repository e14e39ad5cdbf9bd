package io.tidewatch.diagnose.workload;

import io.tidewatch.model.cluster.ReplicaSetView;
import java.util.List;
import java.util.function.ToIntFunction;

/** A count over several ReplicaSets; unreadable where one of them is. */
final class Sums {

    private Sums() {}

    static int of(List<ReplicaSetView> sets, ToIntFunction<ReplicaSetView> count) {
        boolean readable = sets.stream().mapToInt(count).allMatch(pods -> pods >= 0);
        long sum = sets.stream().mapToLong(count::applyAsInt).sum();
        return readable ? (int) Math.min(sum, Integer.MAX_VALUE) : Revisions.UNREADABLE;
    }
}
