package io.tidewatch.loop;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.diagnose.KnownDiagnoses;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.Pass;
import java.util.Set;

/** Diagnoses every target, and adds the faults that targets have outside of the passes, so that the pass reports them. */
public final class DiagnoseStage {

    private final UnsentWrites writes;
    private final BackgroundFaults background;
    private final KnownDiagnoses known = new KnownDiagnoses();

    /** The targets whose write has waited for its turn ever since it was needed. */
    @FunctionalInterface
    public interface UnsentWrites {

        Set<Target> unsent();
    }

    /** The faults of targets that fail outside of the passes. */
    @FunctionalInterface
    public interface BackgroundFaults {

        Faults faults();
    }

    public DiagnoseStage(UnsentWrites writes, BackgroundFaults background) {
        this.writes = writes;
        this.background = background;
    }

    public Pass diagnose(Pass pass) {
        return pass.with(Diagnoser.diagnose(pass.observation(), pass.desired(), pass.before(), writes.unsent(), known))
                .with(background.faults());
    }
}
