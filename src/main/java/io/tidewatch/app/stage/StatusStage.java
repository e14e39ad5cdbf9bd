package io.tidewatch.app.stage;

import io.tidewatch.model.Pass;
import io.tidewatch.model.TargetStatus;
import java.util.List;

/** Keeps how the targets stood after the last pass, for those who ask. */
public final class StatusStage {

    private volatile List<TargetStatus> latest = List.of();

    public void keep(Pass pass) {
        latest = pass.report().statuses();
    }

    public List<TargetStatus> latest() {
        return latest;
    }
}
