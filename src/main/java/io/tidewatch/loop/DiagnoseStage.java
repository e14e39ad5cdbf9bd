package io.tidewatch.loop;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.Pass;
import java.util.Set;
import java.util.function.Supplier;

/** What holds each target back; and which of them fail beside the passes, so that a pass tells of it. */
public final class DiagnoseStage {

    private final Supplier<Set<Target>> unsent;
    private final Supplier<Faults> beside;

    /**
     * @param unsent the targets whose write has waited for its turn ever since it was needed
     * @param beside what fails outside of the passes, and still does
     */
    public DiagnoseStage(Supplier<Set<Target>> unsent, Supplier<Faults> beside) {
        this.unsent = unsent;
        this.beside = beside;
    }

    public Pass diagnose(Pass pass) {
        return pass.with(Diagnoser.diagnose(pass.observation(), pass.agenda(), pass.before(), unsent.get()))
                .with(beside.get());
    }
}
