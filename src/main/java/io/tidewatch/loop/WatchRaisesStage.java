package io.tidewatch.loop;

import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.report.Pass;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the ResourceQuotas and LimitRanges of a namespace while a raise there is in its preflight, and the PodDisruptionBudgets
 * of a namespace while a schedule there may restart a Rollout. What they are is known in the next
 * pass, which the watches request.
 */
public final class WatchRaisesStage {

    private final ClusterCaches caches;

    public WatchRaisesStage(ClusterCaches caches) {
        this.caches = caches;
    }

    public Pass watch(Pass pass) {
        caches.watchRaises(namespaces(pass));
        caches.watchRestarts(restarts(pass));
        return pass;
    }

    /** The namespaces with at least one target that may be restarted. */
    static Set<String> restarts(Pass pass) {
        return pass.desired().desired().values().stream()
                .filter(desired -> desired.schedule().remedies().stream()
                        .anyMatch(remedy -> remedy.type() == RemedyPolicy.Type.RESTART_ROLLOUT))
                .map(desired -> desired.target().namespace())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The namespaces in which at least one raise is in its preflight. */
    static Set<String> namespaces(Pass pass) {
        return pass.preflights().byTarget().keySet().stream()
                .map(Target::namespace)
                .collect(Collectors.toUnmodifiableSet());
    }
}
