package io.tidewatch.app.stage;

import io.tidewatch.model.Agenda;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.Diagnoses;
import io.tidewatch.model.Pass;
import io.tidewatch.schedule.Timetable;
import java.time.Clock;
import java.time.Instant;
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

    public Pass begin() {
        begun.run();
        Definitions now = definitions.get();
        return Pass.begin(now, at(now, clock.instant()), before.get());
    }

    /** What these definitions say at an instant. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public Agenda at(Definitions asked, Instant instant) {
        Compiled current = compiled;
        if (current.definitions() != asked) {
            current = Compiled.of(asked);
            compiled = current;
        }
        return current.timetable().at(instant);
    }

    private record Compiled(Definitions definitions, Timetable timetable) {
        static Compiled of(Definitions definitions) {
            return new Compiled(definitions, Timetable.of(definitions));
        }
    }
}
