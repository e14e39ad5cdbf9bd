package io.tidewatch.schedule;

import io.tidewatch.model.Agenda;
import io.tidewatch.model.Definitions;
import java.time.Instant;

/** What counts at an instant. Whoever asks often keeps a {@link Timetable} instead. */
public final class Agendas {

    private Agendas() {}

    public static Agenda at(Definitions definitions, Instant now) {
        return Timetable.of(definitions).at(now);
    }
}
