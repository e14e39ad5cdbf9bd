package io.tidewatch.view.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.view.KnownTargets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the days ahead. */
class CalendarViewTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T20:00:00Z, 'Clocks go forward at 02:00, to 03:00.'",
        "Europe/Berlin, 2026-10-24T20:00:00Z, 'Clocks go back at 03:00, to 02:00.'",
        "Asia/Beirut, 2026-03-28T20:00:00Z, 'Clocks go forward at 00:00, to 01:00.'"
    })
    void theDayOnWhichTheClocksChangeSaysSo(String zone, Instant evening, String said) {
        Definitions definitions =
                KnownTargets.definitions(KnownTargets.schedule("cart").replace("Asia/Seoul", zone));
        CalendarView view = CalendarView.of(
                Preview.of(definitions, LearnedLeads.NONE, evening, evening.plus(Duration.ofDays(3))), evening);

        assertThat(view.days()).hasSizeGreaterThan(2);
        assertThat(view.days().stream().flatMap(day -> day.clockChange().stream()))
                .containsExactly(said);
    }
}
