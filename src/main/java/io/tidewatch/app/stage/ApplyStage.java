package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Action;
import io.tidewatch.model.Outcome;

/** One action through the one door. */
public record ApplyStage(ClusterWriter writer) {

    public Outcome apply(Action action) {
        return writer.apply(action);
    }
}
