package io.tidewatch.definition.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.model.Problem.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.TimeZone;
import org.assertj.core.api.InstanceOfAssertFactories;
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
            assertThat(dates("DTSTART;VALUE=DATE:20261220", "RRULE:FREQ=DAILY;UNTIL=20261222"))
                    .as("an UNTIL of a date belongs to the rule")
                    .containsExactly("2026-12-20", "2026-12-21", "2026-12-22");
            assertThat(dates("DTSTART;VALUE=DATE:20261220", "RRULE:FREQ=DAILY;UNTIL=20261222T000000Z"))
                    .as("an UNTIL of a time, as some generators write it for dates")
                    .containsExactly("2026-12-20", "2026-12-21", "2026-12-22");
            assertThat(dates("DTSTART;VALUE=DATE:20261220", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261221T000000Z"))
                    .containsExactly("2026-12-20", "2026-12-22");
            assertThat(dates("DTSTART;VALUE=DATE:20261220", "RDATE;VALUE=DATE:20261224,20261226"))
                    .as("its own start belongs to a series of dates")
                    .containsExactly("2026-12-20", "2026-12-24", "2026-12-26");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** 09:00 in Seoul is midnight in UTC. */
    @Test
    void exceptionsAndEndsOfTimedSeriesAreReadOnItsOwnWall() {
        String start = "DTSTART;TZID=Asia/Seoul:20261220T090000";
        String three = "RRULE:FREQ=DAILY;COUNT=3";
        assertThat(dates(start, three, "EXDATE;TZID=Asia/Seoul:20261221T090000"))
                .containsExactly("2026-12-20", "2026-12-22");
        assertThat(dates(start, three, "EXDATE:20261221T000000Z")).containsExactly("2026-12-20", "2026-12-22");
        assertThat(dates(start, three, "EXDATE;VALUE=DATE:20261221"))
                .as("a whole day is taken away")
                .containsExactly("2026-12-20", "2026-12-22");
        assertThat(dates(start, three, "EXDATE;TZID=Asia/Seoul:20261221T100000"))
                .hasSize(3);
        assertThat(dates(start, "RRULE:FREQ=DAILY;UNTIL=20261222T000000Z")).hasSize(3);
        assertThat(dates(start, "RRULE:FREQ=DAILY;UNTIL=20261221T235959Z")).hasSize(2);
        assertThat(dates(start, "DTEND;TZID=UTC:20261220T160000"))
                .as("16:00 in UTC is 01:00 of the next day there")
                .containsExactly("2026-12-20", "2026-12-21");
    }

    /** The night of 28 March 2026 has 23 hours in Berlin. */
    @Test
    void lengthIsElapsedTimeAndDatesAreOfTheWall() {
        assertThat(dates("DTSTART;TZID=Europe/Berlin:20260328T230000", "DURATION:PT23H"))
                .containsExactly("2026-03-28", "2026-03-29");
        assertThat(dates("DTSTART;TZID=Europe/Berlin:20260328T230000", "DURATION:PT24H1M"))
                .containsExactly("2026-03-28", "2026-03-29", "2026-03-30");
        assertThat(dates("DTSTART:20260328T230000", "DURATION:PT24H30M"))
                .as("a floating time knows no zone")
                .containsExactly("2026-03-28", "2026-03-29");
    }

    @Test
    void timesInAnUnknownZoneCountAsWritten() {
        assertThat(dates("DTSTART;TZID=Mars/Olympus:20261225T003000", "DTEND;TZID=Mars/Olympus:20261225T010000"))
                .containsExactly("2026-12-25");
        assertThat(dates("DTSTART;TZID=Korea Standard Time:20261225T233000", "DURATION:PT1H"))
                .containsExactly("2026-12-25", "2026-12-26");
    }

    @Test
    void rulesFollowWeekdaysMonthEndsAndLeapYears() {
        assertThat(dates("DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3"))
                .containsExactly("2026-11-26", "2027-11-25", "2028-11-23");
        assertThat(dates("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=3"))
                .containsExactly("2024-02-29", "2028-02-29", "2032-02-29");
        assertThat(dates("DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"))
                .containsExactly("2026-01-31", "2026-02-28", "2026-03-31");
        assertThat(read("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
                        .said())
                .as("never")
                .extracting(IcsReader.Said::message)
                .containsExactly(
                        "a.ics line 8: RRULE has no date, and calendars differ on whether the event happens at its DTSTART;"
                                + " remove RRULE, or correct it");
    }

    /** As in holiday feeds in use: the rule is right, and DTSTART is a placeholder or a slip. */
    @Test
    void aStartThatItsRuleDoesNotNameIsNoDate() {
        IcsReader.Read read = read(
                "DTSTART;VALUE=DATE:20260510",
                "DTEND;VALUE=DATE:20260511",
                "RRULE:FREQ=YEARLY;" + "BYMONTH=5;BYDAY=3SU;UNTIL=20270601");

        assertThat(dates(read)).containsExactly("2026-05-17", "2027-05-16");
        assertThat(read.said())
                .extracting(IcsReader.Said::severity, IcsReader.Said::code, IcsReader.Said::message)
                .containsExactly(tuple(
                        Severity.WARNING,
                        "outside-rule",
                        "a.ics line 9: DTSTART 20260510 is not a date of RRULE, whose first date is 20260517, so the event does"
                                + " not happen at DTSTART; calendars differ on this; write 20260517 as DTSTART, and move"
                                + " DTEND with it"));
        assertThat(read("DTSTART:20260510T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260601T000000")
                        .said())
                .extracting(IcsReader.Said::message)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("write 20260511T090000 as DTSTART");
    }

    /** Google leaves such a series behind where all of its dates were changed. */
    @Test
    void aSeriesThatEndsBeforeItBeginsHasNoDate() {
        IcsReader.Read read = read("DTSTART;VALUE=DATE:20261128", "RRULE:FREQ=YEARLY;WKST=SU;UNTIL=20261106");

        assertThat(dates(read)).isEmpty();
        assertThat(read.said())
                .extracting(IcsReader.Said::severity, IcsReader.Said::code)
                .containsExactly(tuple(Severity.WARNING, "empty-calendar"), tuple(Severity.WARNING, "outside-rule"));
    }

    @Test
    void eventWithoutEndTouchesItsDay() {
        assertThat(dates("DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261225"))
                .containsExactly("2026-12-25");
        assertThat(dates("DTSTART:20261225T100000")).containsExactly("2026-12-25");
    }

    @Test
    void anEventForEverEndsAtTheHorizon() {
        assertThat(dates("DTSTART;VALUE=DATE:21990101", "DTEND;VALUE=DATE:99991231"))
                .hasSize(365)
                .endsWith("2199-12-31");
        assertThat(dates("DTSTART;VALUE=DATE:20800101", "DTEND;VALUE=DATE:99991231", "RRULE:FREQ=DAILY"))
                .hasSize(43_829);
    }

    @Test
    void noCalendarHasNoDates() {
        assertThat(IcsReader.read("a.ics", "hello", false).file()).isEmpty();
        assertThat(IcsReader.read(
                                "a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:no start\r\nEND:VEVENT\r\n", false)
                        .file())
                .isEmpty();
    }

    private static List<String> dates(String... lines) {
        return dates(read(lines));
    }

    private static List<String> dates(IcsReader.Read read) {
        return read.file().orElseThrow(() -> new AssertionError(read.said())).days().bits().stream()
                .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
                .toList();
    }

    private static IcsReader.Read read(String... lines) {
        return IcsReader.read(
                "a.ics",
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//by hand//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
                        + "DTSTAMP:20260101T000000Z\r\n" + String.join("\r\n", lines)
                        + "\r\nSUMMARY:Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                false);
    }
}
