package io.tidewatch.loop;

import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches the Events of a target and the Leases of the controllers while the target lags. A change of one of them requests
 * another pass. Once the deadline of a target has passed, its namespace must have been observed after the deadline: only then is the
 * target late.
 */
public final class WatchLaggingStage {

    private final ClusterCaches caches;

    public WatchLaggingStage(ClusterCaches caches) {
        this.caches = caches;
    }

    public Pass watch(Pass pass) {
        caches.watchLagging(laggingNamespaces(pass));
        caches.observeUntil(deadlines(pass));
        return pass;
    }

    /** The namespaces in which at least one target lags. */
    static Set<String> laggingNamespaces(Pass pass) {
        return lagging(pass).map(WatchLaggingStage::namespace).collect(Collectors.toUnmodifiableSet());
    }

    /** By namespace: the latest deadline of a lagging target that has passed. */
    static Map<String, Instant> deadlines(Pass pass) {
        Instant now = pass.desired().at();
        Map<String, Instant> deadlines = new HashMap<>();
        lagging(pass)
                .forEach(diagnosis -> diagnosis
                        .progress()
                        .due()
                        .deadline()
                        .filter(end -> !end.isAfter(now))
                        .ifPresent(end -> deadlines.merge(
                                namespace(diagnosis), end, (first, second) -> first.isAfter(second) ? first : second)));
        return deadlines;
    }

    private static Stream<Diagnosis> lagging(Pass pass) {
        return pass.diagnoses().byTarget().values().stream()
                .filter(diagnosis -> diagnosis.lags(pass.desired().at()));
    }

    private static String namespace(Diagnosis diagnosis) {
        return diagnosis.target().namespace();
    }
}
