package io.tidewatch.app.stage;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Target;
import java.util.Set;
import java.util.function.Supplier;

/** What holds each target back. */
public final class DiagnoseStage {

    private final Supplier<Set<Target>> unsent;

    /** @param unsent the targets whose write has waited for its turn ever since it was needed */
    public DiagnoseStage(Supplier<Set<Target>> unsent) {
        this.unsent = unsent;
    }

    public Pass diagnose(Pass pass) {
        return pass.with(Diagnoser.diagnose(pass.observation(), pass.agenda(), pass.before(), unsent.get()));
    }
}
