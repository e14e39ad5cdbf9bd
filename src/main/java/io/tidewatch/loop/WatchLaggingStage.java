package io.tidewatch.loop;

import io.tidewatch.cluster.ClusterCaches;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a target lags, its Events and the controllers' Leases are watched too, for as long as it does. What they say wakes a
 * pass of its own. Where the time of a target is over, and it is not late only because its objects have not been heard of since,
 * the watches are made sure of.
 */
public final class WatchLaggingStage {

    private final ClusterCaches caches;

    public WatchLaggingStage(ClusterCaches caches) {
        this.caches = caches;
    }

    public void look(Pass pass) {
        Instant now = pass.agenda().at();
        List<Diagnosis> lagging = pass.diagnoses().byTarget().values().stream()
                .filter(diagnosis -> diagnosis.lags(now))
                .toList();
        caches.lookCloser(lagging.stream().map(WatchLaggingStage::namespace).collect(Collectors.toUnmodifiableSet()));
        Map<String, Instant> over = new HashMap<>();
        lagging.forEach(diagnosis -> diagnosis
                .progress()
                .due()
                .deadline()
                .filter(end -> !end.isAfter(now))
                .ifPresent(end ->
                        over.merge(namespace(diagnosis), end, (one, other) -> one.isAfter(other) ? one : other)));
        caches.makeSure(over);
    }

    private static String namespace(Diagnosis diagnosis) {
        return diagnosis.target().namespace();
    }
}
