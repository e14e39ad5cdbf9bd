package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterCaches;
import io.tidewatch.model.Pass;
import java.util.stream.Collectors;

/**
 * Where a target lags, its Events and the controllers' Leases are watched too, for as long as it does. What they say wakes a
 * pass of its own.
 */
public final class CloserStage {

    private final ClusterCaches caches;

    public CloserStage(ClusterCaches caches) {
        this.caches = caches;
    }

    public void look(Pass pass) {
        caches.lookCloser(pass.diagnoses().byTarget().values().stream()
                .filter(diagnosis -> diagnosis.lags(pass.agenda().at()))
                .map(diagnosis -> diagnosis.target().namespace())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
