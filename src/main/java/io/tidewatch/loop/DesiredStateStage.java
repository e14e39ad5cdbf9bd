package io.tidewatch.loop;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Pass;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Begins a pass: what counts now, and what the pass before found. Nothing is compiled here; that is done by whoever reads. */
public final class DesiredStateStage {

    private final Clock clock;
    private final Supplier<CompiledDefinitions> definitions;
    private final Supplier<Diagnoses> before;
    private final Runnable begun;
    private volatile CompiledDefinitions ofLastPass = CompiledDefinitions.NONE;

    /** @param begun called at the beginning of each pass */
    public DesiredStateStage(
            Clock clock, Supplier<CompiledDefinitions> definitions, Supplier<Diagnoses> before, Runnable begun) {
        this.clock = clock;
        this.definitions = definitions;
        this.before = before;
        this.begun = begun;
    }

    public Pass begin() {
        begun.run();
        CompiledDefinitions now = definitions.get();
        ofLastPass = now;
        return Pass.begin(now.definitions(), now.timetable().at(clock.instant()), before.get());
    }

    /** What the definitions of the last pass say at an instant; if others are asked for, those that are in force now. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public DesiredState at(Definitions asked, Instant instant) {
        CompiledDefinitions last = ofLastPass;
        return (last.definitions() == asked ? last : definitions.get())
                .timetable()
                .at(instant);
    }
}
