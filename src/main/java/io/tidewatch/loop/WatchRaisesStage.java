package io.tidewatch.loop;

import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.Pass;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the ResourceQuotas and LimitRanges of a namespace while a raise there is in its preflight. What they are is known in the next
 * pass, which the watches request.
 */
public final class WatchRaisesStage {

    private final ClusterCaches caches;

    public WatchRaisesStage(ClusterCaches caches) {
        this.caches = caches;
    }

    public Pass watch(Pass pass) {
        caches.watchRaises(namespaces(pass));
        return pass;
    }

    /** The namespaces in which at least one raise is in its preflight. */
    static Set<String> namespaces(Pass pass) {
        return pass.preflights().byTarget().keySet().stream()
                .map(Target::namespace)
                .collect(Collectors.toUnmodifiableSet());
    }
}
