package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcsEventsTest {

    /** Ahead of UTC, behind it, and with days of 23 and 25 hours that begin at 01:00. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Asia/Seoul",
                "Europe/Berlin",
                "America/Los_Angeles",
                "Pacific/Kiritimati",
                "America/Santiago"
            })
    void datesAreThoseWrittenWhateverTheHostsZone(String host) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(host));
        try {
            assertThat(dates("DTSTART;VALUE=DATE:20261225")).containsExactly("2026-12-25");
            assertThat(dates("DTSTART;VALUE=DATE:20260906")).containsExactly("2026-09-06");
            assertThat(dates("DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260331"))
                    .containsExactly("2026-03-29", "2026-03-30");
            assertThat(dates("DTSTART;VALUE=DATE:20260328", "DURATION:P3D"))
                    .containsExactly("2026-03-28", "2026-03-29", "2026-03-30");
            assertThat(dates("DTSTART;VALUE=DATE:20260327", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20260329"))
                    .containsExactly("2026-03-27", "2026-03-28", "2026-03-30");
            assertThat(dates("DTSTART:20261225T233000", "DTEND:20261226T003000"))
                    .containsExactly("2026-12-25", "2026-12-26");
            assertThat(dates("DTSTART:20261225T233000Z", "DURATION:PT30M")).containsExactly("2026-12-25");
            assertThat(dates("DTSTART;TZID=Asia/Seoul:20261225T003000", "DURATION:PT30M"))
                    .containsExactly("2026-12-25");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void eventWithoutEndTouchesItsDay() {
        assertThat(dates("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261225"))
                .containsExactly("2026-12-25");
        assertThat(dates("DTSTART:20261225T100000")).containsExactly("2026-12-25");
    }

    @Test
    void eventForEverEndsAtTheHorizonAndOftenIsBounded() {
        assertThat(dates("DTSTART;VALUE=DATE:21990101", "DTEND;VALUE=DATE:99991231"))
                .hasSize(365)
                .endsWith("2199-12-31");
        assertThat(dates("DTSTART:20260101T000000Z", "RRULE:FREQ=SECONDLY")).contains("2026-01-01");
        assertThat(dates("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:99991231", "RRULE:FREQ=DAILY"))
                .hasSize(63_552);
    }

    @Test
    void noCalendarHasNoDates() {
        TreeMap<LocalDate, String> found = new TreeMap<>();
        IcsEvents.forEachDate("hello", found::put);
        IcsEvents.forEachDate("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:no start\r\nEND:VEVENT\r\n", found::put);
        assertThat(found).isEmpty();
    }

    private static List<String> dates(String... lines) {
        TreeMap<LocalDate, String> found = new TreeMap<>();
        IcsEvents.forEachDate(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//by hand//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
                        + "DTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines)
                        + "\r\nSUMMARY:Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                found::put);
        return found.keySet().stream().map(LocalDate::toString).toList();
    }
}
