package io.tidewatch.app.stage;

import io.tidewatch.model.Definitions;
import io.tidewatch.model.Diagnoses;
import io.tidewatch.model.Pass;
import io.tidewatch.schedule.Timetable;
import java.time.Clock;
import java.util.function.Supplier;

/** Begins a pass: what counts now, and what the pass before found. Definitions are compiled once for each change. */
public final class AgendaStage {

    private final Clock clock;
    private final Supplier<Definitions> definitions;
    private final Supplier<Diagnoses> before;
    private final Runnable begun;
    private volatile Compiled compiled = Compiled.of(Definitions.NONE);

    /** @param begun called at the beginning of each pass */
    public AgendaStage(Clock clock, Supplier<Definitions> definitions, Supplier<Diagnoses> before, Runnable begun) {
        this.clock = clock;
        this.definitions = definitions;
        this.before = before;
        this.begun = begun;
    }

    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public Pass begin() {
        begun.run();
        Definitions now = definitions.get();
        Compiled current = compiled;
        if (current.definitions() != now) {
            current = Compiled.of(now);
            compiled = current;
        }
        return Pass.begin(now, current.timetable().at(clock.instant()), before.get());
    }

    private record Compiled(Definitions definitions, Timetable timetable) {
        static Compiled of(Definitions definitions) {
            return new Compiled(definitions, Timetable.of(definitions));
        }
    }
}
