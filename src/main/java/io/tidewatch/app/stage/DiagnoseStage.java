package io.tidewatch.app.stage;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Pass;

/** What holds each target back. */
public final class DiagnoseStage {

    public Pass diagnose(Pass pass) {
        return pass.with(Diagnoser.diagnose(pass.observation(), pass.agenda(), pass.before()));
    }
}
