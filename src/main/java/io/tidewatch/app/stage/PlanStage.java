package io.tidewatch.app.stage;

import io.tidewatch.model.Pass;
import io.tidewatch.plan.Planner;

/** What to do now. */
public record PlanStage(Planner planner) {

    public Pass plan(Pass pass) {
        return pass.with(
                planner.plan(pass.definitions(), pass.agenda(), pass.cluster(), pass.observation(), pass.diagnoses()));
    }
}
