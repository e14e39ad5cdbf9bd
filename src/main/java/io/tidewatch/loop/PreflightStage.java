package io.tidewatch.loop;

import io.tidewatch.model.report.Pass;
import io.tidewatch.preflight.PreflightChecks;

/** Checks every raise that is near, so that the pass reports what would keep it from being ready. */
public final class PreflightStage {

    public Pass check(Pass pass) {
        return pass.with(PreflightChecks.of(pass.desired(), pass.observation(), pass.diagnoses(), pass.cluster()));
    }
}
