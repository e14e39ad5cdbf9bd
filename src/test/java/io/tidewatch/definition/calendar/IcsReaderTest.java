package io.tidewatch.definition.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem.Severity;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read as a whole is an error with its line; what does not decide about dates is passed over. */
class IcsReaderTest {

    /** The lines of one event after its UID, separated by blanks, and words of the only error. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART;VALUE=DATE:20252905                                     | line 5: DTSTART is "20252905"
            DTSTART;VALUE=DATE:20270229                                     | line 5: DTSTART is "20270229"
            DTSTART:20270332T100000                                         | line 5: DTSTART is "20270332T100000"
            DTSTART:20270301T240000                                         | line 5: DTSTART is "20270301T240000"
            DTSTART:20270301T100060                                         | line 5: DTSTART is "20270301T100060"
            DTSTART:2027-03-01                                              | line 5: DTSTART is "2027-03-01"
            DTSTART:20270301T100000+0900                                    | line 5: DTSTART is "20270301T100000+0900"
            DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270332           | line 6: DTEND is "20270332"
            DTSTART;VALUE=DATE:20270301 RDATE;VALUE=DATE:20270401,20270431  | line 6: RDATE is "20270431"
            DTSTART;VALUE=DATE:20270301 EXDATE;VALUE=DATE:20270431          | line 6: EXDATE is "20270431"
            DTSTART;VALUE=DATE:20270301 EXDATE;VALUE=DATE:20270401,         | line 6: EXDATE is ""
            DTSTART;VALUE=DATE:20270301 RECURRENCE-ID;VALUE=DATE:20270431   | line 6: RECURRENCE-ID is "20270431"
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;UNTIL=20270332     | line 6: RRULE has UNTIL=20270332
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYEASTER=0        | line 6: RRULE has the unknown part BYEASTER
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;X-WEEKDAY=1       | line 6: RRULE has the unknown part X-WEEKDAY
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYMONHT=3         | did you mean BYMONTH?
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;RSCALE=HEBREW     | line 6: RRULE has RSCALE=HEBREW
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;SKIP=FORWARD      | line 6: RRULE has SKIP=FORWARD
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYMONTH=13        | line 6: RRULE has BYMONTH=13
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYMONTH=-1        | line 6: RRULE has BYMONTH=-1
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYMONTH=3,        | line 6: RRULE has BYMONTH=3,
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYMONTHDAY=0     | line 6: RRULE has BYMONTHDAY=0
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYMONTHDAY=32    | line 6: RRULE has BYMONTHDAY=32
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYDAY=8MO        | line 6: RRULE numbers a weekday of BYDAY 8
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=6MO | line 6: RRULE numbers a weekday of BYDAY 6
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=YEARLY;BYDAY=54MO        | line 6: RRULE has BYDAY=54MO
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYDAY=MX         | "MX" is no weekday
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=WEEKLY;BYDAY=1MO         | only FREQ=MONTHLY and FREQ=YEARLY
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=WEEKLY;BYMONTHDAY=1      | BYMONTHDAY, which FREQ=WEEKLY cannot have
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYYEARDAY=60     | only FREQ=YEARLY can have
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=MONTHLY;BYSETPOS=1       | no days to choose from
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270303 | COUNT and UNTIL
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;FREQ=WEEKLY        | FREQ twice
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT=0            | COUNT=0
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT=3.5          | COUNT=3.5
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT=+3           | COUNT=+3
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;INTERVAL=-1        | INTERVAL=-1
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;WKST=XX            | WKST=XX
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT              | "COUNT", which is no name with a value
            DTSTART;VALUE=DATE:20270301 RRULE:COUNT=3                       | RRULE has no FREQ
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;BYHOUR=9           | DTSTART is a date
            DTSTART;VALUE=DATE:20270302 RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3  | calendars count COUNT from one or the other; write 20270308
            DTSTART;VALUE=DATE:20270302 RRULE:FREQ=WEEKLY;BYDAY=MO;INTERVAL=2 | calendars count INTERVAL from one or the other; write 20270315
            DTSTART:20270301T090000 RRULE:FREQ=DAILY;UNTIL=20270305         | UNTIL that is a date, and DTSTART is a time
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;UNTIL=20270305T150000Z | UNTIL that is a time
            DTSTART;VALUE=DATE:20270301 DTEND:20270302T100000               | DTEND is a time without a zone, and DTSTART is a date
            DTSTART;VALUE=DATE:20270301 RDATE:20270302T100000               | RDATE is a time without a zone, and DTSTART is a date
            DTSTART;VALUE=DATE:20270301 EXDATE:20270302T100000              | EXDATE is a time without a zone, and DTSTART is a date
            DTSTART:20270301T090000 RDATE;VALUE=DATE:20270302               | RDATE is a date
            DTSTART;TZID=Asia/Seoul:20270301T090000 EXDATE:20270302T090000  | EXDATE is a time without a zone
            DTSTART;TZID=Asia/Seoul:20270301T090000 DTEND:20270301T100000   | DTEND is a time without a zone
            DTSTART;TZID=Mars:20270301T090000 EXDATE:20270302T090000Z       | DTSTART is a time in the unknown zone "Mars"
            DTSTART;TZID=Mars:20270301T090000 RRULE:FREQ=DAILY;UNTIL=20270302T090000Z | nobody knows the zone "Mars"
            DTSTART;VALUE=DATE:20270301 DTEND;VALUE=DATE:20270228           | DTEND is before DTSTART
            DTSTART;VALUE=DATE:20270301 DURATION:PT24H                      | DURATION is a time
            DTSTART;VALUE=DATE:20270301 DURATION:-P1D                       | DURATION is "-P1D"
            DTSTART;VALUE=DATE:20270301 DURATION:P1                         | DURATION is "P1"
            DTSTART;VALUE=DATE:20270301 DURATION:P1D DTEND;VALUE=DATE:20270302 | DURATION stands beside DTEND
            DTSTART;VALUE=PERIOD:20270301T090000/PT1H                       | DTSTART lists periods
            DTSTART:20270301T090000 RDATE;VALUE=PERIOD:20270302T090000/PT1H | RDATE lists periods
            DTSTART;VALUE=MOON:20270301                                     | VALUE=MOON
            DTSTART;VALUE=DATE:20270301T090000                              | VALUE=DATE and is the time
            DTSTART;VALUE=DATE-TIME:20270301                                | VALUE=DATE-TIME and is the date
            DTSTART;TZID=Asia/Seoul:20270301T090000Z                        | a TZID and the Z of UTC
            DTSTART;TZID=Asia/Seoul;TZID=UTC:20270301T090000                | the parameter TZID twice
            DTSTART;ENCODING=BASE64:20270301                                | the parameter ENCODING
            DTSTART;VALUE:20270301                                          | DTSTART cannot be read
            DTSTART;TZID="Asia/Seoul:20270301T090000                        | DTSTART cannot be read
            DTSTART;VALUE=DATE:20270301 DTSTART;VALUE=DATE:20270302         | line 6: the event has DTSTART twice
            DTSTART;VALUE=DATE:20270301 RRULE:FREQ=DAILY;COUNT=2 RRULE:FREQ=YEARLY | line 7: the event has RRULE twice
            DTSTART;VALUE=DATE:20270301 RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20270301 | line 6: RECURRENCE-ID has RANGE
            DTSTART;VALUE=DATE:20270301 RECURRENCE-ID;VALUE=DATE:20270301 RRULE:FREQ=DAILY | stands beside RECURRENCE-ID
            DTSTART;VALUE=DATE:20270301 STATUS:CANCELED                     | STATUS is "CANCELED"
            DTSTART;VALUE=DATE:20270301 RRUEL:FREQ=DAILY                    | did you mean RRULE?
            DTSTART;VALUE=DATE:20270301 EXDATES;VALUE=DATE:20270302         | did you mean EXDATE?
            DTSTART;VALUE=DATE:20270301 RRULE                               | "RRULE" is not a property
            DTSTART;VALUE=DATE:20270301 BEGIN:VTODO END:VTODO               | line 6: a calendar has no VTODO inside of VEVENT
            DTSTART;VALUE=DATE:20270301 BEGIN:VEVENT END:VEVENT             | line 6: a calendar has no VEVENT inside of VEVENT
            DTSTART;VALUE=DATE:20270301 BEGIN:VALARM END:VALRM              | line 7: END:VALRM stands where END:VALARM must close
            DTSTART;VALUE=DATE:20270301 END:VCALENDAR                       | line 6: END:VCALENDAR stands where END:VEVENT
            DTSTART;VALUE=DATE:20270301 SUMMARY                             | "SUMMARY" is not a property
            """)
    void whatIsNotUnderstoodIsAnErrorWithItsLine(String lines, String words) {
        IcsReader.Read read = read(event(lines.split(" ")));

        assertThat(read.file()).isEmpty();
        assertThat(errors(read))
                .singleElement()
                .asString()
                .startsWith("a.ics line ")
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CALSCALE:CHINESE | line 2: CALSCALE is "CHINESE"
            VERSION:1.0      | line 2: VERSION is "1.0"
            METHOD:CANCEL    | line 2: METHOD is "CANCEL"
            BEGIN:VEVNT\\nDTSTART:20270301\\nEND:VEVNT | line 2: a calendar has no VEVNT inside of VCALENDAR
            BEGIN:VTIMEZONE\\nTZID:A\\nEND:VTIMEZONE   | line 2: VTIMEZONE has no STANDARD
            """)
    void ofACalendar(String lines, String words) {
        String text = "BEGIN:VCALENDAR\n" + lines.replace("\\n", "\n") + "\n" + event("DTSTART;VALUE=DATE:20270301")
                + "END:VCALENDAR\n";
        assertThat(errors(IcsReader.read("a.ics", text, false)))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void twoEventsOfOneUidAreOneSeriesOrAnError() {
        assertThat(errors(read(event("DTSTART;VALUE=DATE:20270301") + event("DTSTART;VALUE=DATE:20270302"))))
                .singleElement()
                .asString()
                .contains("line 7: the event has the UID \"1\" of the event of line 3");
        assertThat(dates(read(event("DTSTART;VALUE=DATE:20270301") + event("DTSTART;VALUE=DATE:20270301"))))
                .containsExactly("2027-03-01");
        assertThat(errors(read(event("DTSTART:20270301T100000Z", "RRULE:FREQ=DAILY;COUNT=2")
                        + event("RECURRENCE-ID;VALUE=DATE:20270302", "DTSTART:20270305T100000Z"))))
                .singleElement()
                .asString()
                .contains("RECURRENCE-ID is a date, and DTSTART is a time with a known zone");
    }

    @Test
    void aBrokenFoldIsAnErrorAndAFoldIsNot() {
        assertThat(dates(read(event("DTSTART;VALUE=DATE:20270301", "RRULE:FREQ=DAILY;COU\r\n NT=1\r\n\t1"))))
                .hasSize(11);
        assertThat(errors(read(event("DTSTART;VALUE=DATE:20270301", "RRULE:FREQ=DAILY;COUNT=1", "1"))))
                .singleElement()
                .asString()
                .contains("line 7: \"1\" is not a property");
    }

    @Test
    void anEventOfCenturiesIsFollowedFromItsBeginning() {
        assertThat(dates(read(event("DTSTART:02270131T060000Z", "DTEND:19700103T000000Z"))))
                .containsExactly("1970-01-01", "1970-01-02");
        assertThat(dates(read(event("DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:19700103"))))
                .containsExactly("1970-01-01", "1970-01-02");
    }

    @Test
    void atMostTwentyErrorsAreListed() {
        assertThat(errors(read(event("DTSTART;VALUE=DATE:20270332").repeat(50))))
                .hasSize(21)
                .last()
                .asString()
                .isEqualTo("a.ics has 30 more errors; fix those above first");
    }

    @Test
    void aDayOfADurationIsOfTheCalendarAndAnHourIsElapsed() {
        assertThat(dates(read(event("DTSTART;TZID=Europe/Berlin:20260327T233000", "DURATION:P1D"))))
                .containsExactly("2026-03-27", "2026-03-28");
        assertThat(dates(read(event("DTSTART;TZID=Europe/Berlin:20260328T233000", "DURATION:P1D"))))
                .as("23 hours later")
                .containsExactly("2026-03-28", "2026-03-29");
        assertThat(dates(read(event("DTSTART;TZID=Europe/Berlin:20260328T233000", "DURATION:PT24H"))))
                .containsExactly("2026-03-28", "2026-03-29", "2026-03-30");
    }

    /** The examples of RFC 5545, 3.8.5.3. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            19970902 | FREQ=DAILY;INTERVAL=10;COUNT=5                            | 1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12
            19970902 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH        | 1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16
            19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO        | 1997-08-05 1997-08-10 1997-08-19 1997-08-24
            19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU        | 1997-08-05 1997-08-17 1997-08-19 1997-08-31
            19970907 | FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=1SU,-1SU            | 1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04
            19970928 | FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4                        | 1997-09-28 1997-10-29 1997-11-28 1997-12-29
            19970101 | FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200        | 1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09
            19970519 | FREQ=YEARLY;BYDAY=20MO;COUNT=3                            | 1997-05-19 1998-05-18 1999-05-17
            19970512 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3                  | 1997-05-12 1998-05-11 1999-05-17
            19980213 | FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5               | 1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13
            19961105 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3 | 1996-11-05 2000-11-07 2004-11-02
            19970904 | FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3            | 1997-09-04 1997-10-07 1997-11-06
            19970929 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4     | 1997-09-29 1997-10-30 1997-11-27 1997-12-30
            20070115 | FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5                     | 2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30
            """)
    void rulesMeanWhatTheirStandardSays(String start, String rule, String expected) {
        assertThat(dates(read(event("DTSTART;VALUE=DATE:" + start, "RRULE:" + rule))))
                .containsExactly(expected.split(" "));
    }

    /** A summary of what calendars in use write beside dates. */
    @ParameterizedTest
    @ValueSource(strings = {"google", "outlook", "apple", "thunderbird", "radicale"})
    void whatDoesNotDecideAboutDatesIsPassedOver(String feed) {
        IcsReader.Read read = IcsReader.read(feed, Feeds.text(feed), true);

        assertThat(read.said()).isEmpty();
        assertThat(dates(read)).containsExactlyElementsOf(Feeds.dates(feed));
    }

    private static List<String> errors(IcsReader.Read read) {
        return read.said().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(IcsReader.Said::message)
                .toList();
    }

    private static List<String> dates(IcsReader.Read read) {
        return read.file().orElseThrow(() -> new AssertionError(read.said())).days().bits().stream()
                .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
                .toList();
    }

    private static IcsReader.Read read(String events) {
        return IcsReader.read("a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n", false);
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\nUID:1\n" + String.join("\n", lines) + "\nEND:VEVENT\n";
    }
}
