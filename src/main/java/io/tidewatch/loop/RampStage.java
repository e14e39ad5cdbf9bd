package io.tidewatch.loop;

import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.Ramps;

/** Puts the step of each ramp that is to stand now in place of the bounds to which the ramp leads. */
public final class RampStage {

    public Pass step(Pass pass) {
        Ramps.Stepped stepped = Ramps.steps(pass.desired(), pass.observation());
        return pass.with(stepped.desired()).with(stepped.faults());
    }
}
