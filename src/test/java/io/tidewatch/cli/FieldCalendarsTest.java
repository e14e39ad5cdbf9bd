package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calendars that users of other tools reported: each is an error with its line, for validate and for preview. */
class FieldCalendarsTest {

    private static final String CASES = "src/test/resources/field-cases/";

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("ics-byeaster", List.of("rules.ics line 7: RRULE has the unknown part BYEASTER")),
                Arguments.of("ics-rscale", List.of("lunar.ics line 7: RRULE has RSCALE=CHINESE")),
                Arguments.of(
                        "ics-impossible-dates",
                        List.of(
                                "dates.ics line 6: DTSTART is \"20252905\", which is no date",
                                "dates.ics line 11: DTSTART is \"20270229\", which is no date",
                                "dates.ics line 16: DTSTART is \"20270332\", which is no date")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnErrorOnEachLine(String name, List<String> words) {
        Typed validate = Typed.of("validate", CASES + name);
        Typed preview = Typed.of("preview", CASES + name, "--from", "2027-01-01T00:00:00+09:00", "--days", "400");

        assertThat(validate.exitCode()).isEqualTo(1);
        assertThat(onOneLine(validate)).contains(words).contains("wrong-event");
        assertThat(preview.exitCode()).isEqualTo(1);
        assertThat(onOneLine(preview)).contains(words).doesNotContain("4 → 9");
    }

    private static String onOneLine(Typed typed) {
        return String.join(" ", (typed.out() + typed.err()).split("\\s+"));
    }
}
