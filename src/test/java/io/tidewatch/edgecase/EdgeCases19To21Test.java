package io.tidewatch.edgecase;

import static io.tidewatch.edgecase.PlayedCase.CLOSES;
import static io.tidewatch.edgecase.PlayedCase.OPENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.Edges;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Edge cases 19 to 21, which are about wall clocks and calendars: docs/edge-cases.md. */
@Execution(ExecutionMode.CONCURRENT)
class EdgeCases19To21Test {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String WINDOW =
            "    - {name: midnight-peak, start: \"30 22 * * *\", end: \"0 2 * * *\", minReplicas: 7}\n";

    @Test
    void case19AdjacentWindowsHaveNoDipAtTheSeam() {
        try (PlayedCase played = PlayedCase.applying(windows("""
                - {name: first, start: "30 22 * * *", end: "0 0 * * *", minReplicas: 7}
                - {name: second, start: "0 0 * * *", end: "0 1 * * *", minReplicas: 7}
                - {name: third, start: "0 1 * * *", end: "0 2 * * *", minReplicas: 9}
                """))) {
            played.countFromHere();

            everyQuarterOfAnHour(played);

            assertThat(played.minimums()).containsExactly(5, 7, 9, 5);
            assertThat(played.minimumWrites())
                    .as("none at the seam of two windows with the same minimum")
                    .hasSize(3);
        }
    }

    @Test
    void case19OverlappingWindowsHaveADefinedPrecedence() {
        try (PlayedCase played = PlayedCase.applying(windows("""
                - {name: low, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
                - {name: high, start: "0 23 * * *", end: "0 0 * * *", minReplicas: 9}
                - {name: first-among-equals, start: "0 1 * * *", end: "0 2 * * *", minReplicas: 6, priority: 1}
                """))) {
            played.countFromHere();

            everyQuarterOfAnHour(played);

            assertThat(played.minimums())
                    .as("among equal priorities the highest minimum; a higher priority wins with a lower one")
                    .containsExactly(5, 7, 9, 7, 6, 5);
            assertThat(played.minimumWrites()).hasSize(5);
        }
    }

    private static void everyQuarterOfAnHour(PlayedCase played) {
        for (Instant at = OPENS; !at.isAfter(CLOSES); at = at.plus(Duration.ofMinutes(15))) {
            played.leapTo(at);
            played.through(PlayedCase.STEP);
        }
    }

    /** Sunday is 22 November 2026. The window of Sunday lasts into Monday's holiday, and Monday's own does not open. */
    @Test
    void case20WindowAcrossMidnightBelongsToItsStartDay() {
        Files weekdays = Files.USUAL
                .schedule("start: \"30 22 * * *\"", "start: \"30 22 * * 0,1,5\"")
                .schedule("minReplicas: 7", "minReplicas: 7, except: [holidays]");
        Map<String, String> files = new LinkedHashMap<>(weekdays.byPath());
        files.put("calendar.yaml", """
                apiVersion: tidewatch.io/v1alpha1
                kind: Calendar
                metadata: {name: holidays, namespace: shop}
                spec: {dates: [2026-11-23]}
                """);
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.commit(files);
            Map<String, Integer> minimums = new LinkedHashMap<>();
            for (String local : List.of(
                    "2026-11-22T22:30", // Sunday: opens
                    "2026-11-23T01:59", // Monday is a holiday, the window is Sunday's
                    "2026-11-23T02:00",
                    "2026-11-23T22:30", // Monday's does not open
                    "2026-11-24T01:00",
                    "2026-11-27T22:30", // Friday: opens
                    "2026-11-28T01:59", // Saturday is no day of the window
                    "2026-11-28T02:00",
                    "2026-11-28T22:30")) {
                played.leapTo(LocalDateTime.parse(local).atZone(SEOUL).toInstant());
                minimums.put(local, played.cluster().minimum("checkout"));
            }
            assertThat(minimums.values()).containsExactly(7, 7, 5, 5, 5, 7, 7, 5, 5);
        }
    }

    /** At 02:00 on 29 March 2026 the clocks of Berlin show 03:00: a start in the gap is the first instant after it. */
    @Test
    void case21StartInsideTheGapOfDaylightSavingTime() {
        assertThat(edges("Europe/Berlin", "30 2 * * *", "0 6 * * *", "2026-03-29T00:00:00Z"))
                .containsExactly("2026-03-29T01:00:00Z 5 → 7", "2026-03-29T04:00:00Z 7 → 5");
    }

    @Test
    void case21EndInsideTheGapOfDaylightSavingTime() {
        assertThat(edges("Europe/Berlin", "0 1 * * *", "30 2 * * *", "2026-03-28T23:00:00Z"))
                .containsExactly("2026-03-29T00:00:00Z 5 → 7", "2026-03-29T01:00:00Z 7 → 5");
    }

    @Test
    void case21WindowThatIsInsideTheGapOfDaylightSavingTime() {
        assertThat(edges("Europe/Berlin", "10 2 * * *", "50 2 * * *", "2026-03-28T23:00:00Z"))
                .isEmpty();
    }

    /** At 03:00 on 25 October 2026 the clocks of Berlin show 02:00 again: of two instants the earlier one counts. */
    @Test
    void case21StartAndEndInsideTheOverlapOfDaylightSavingTime() {
        assertThat(edges("Europe/Berlin", "30 2 * * *", "0 6 * * *", "2026-10-24T23:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z 5 → 7", "2026-10-25T05:00:00Z 7 → 5");
        assertThat(edges("Europe/Berlin", "0 1 * * *", "30 2 * * *", "2026-10-24T22:30:00Z"))
                .containsExactly("2026-10-24T23:00:00Z 5 → 7", "2026-10-25T00:30:00Z 7 → 5");
    }

    @Test
    void case21DayThatAMonthLacks() {
        assertThat(edges("UTC", "0 10 31 * *", "0 12 31 * *", "2026-10-31T00:00:00Z", Duration.ofDays(62)))
                .as("November has no 31st: nothing moves to the 30th or to 1 December")
                .containsExactly(
                        "2026-10-31T10:00:00Z 5 → 7",
                        "2026-10-31T12:00:00Z 7 → 5",
                        "2026-12-31T10:00:00Z 5 → 7",
                        "2026-12-31T12:00:00Z 7 → 5");
    }

    private static List<String> edges(String zone, String start, String end, String from) {
        return edges(zone, start, end, from, Duration.ofHours(12));
    }

    private static List<String> edges(String zone, String start, String end, String from, Duration span) {
        Instant begin = Instant.parse(from);
        Files files = Files.USUAL
                .schedule("Asia/Seoul", zone)
                .schedule("30 22 * * *", start)
                .schedule("end: \"0 2 * * *\"", "end: \"" + end + "\"");
        SourceDefinitions read = new DefinitionReader()
                .read(Instance.commit("3f2c1ab", files.byPath(), begin), Optional.empty(), PastTexts.NONE);
        return Edges.between(new Definitions(List.of(read)), begin, begin.plus(span)).stream()
                .map(edge -> edge.at() + " "
                        + edge.change().before().bounds().orElseThrow().min() + " → "
                        + edge.change().after().bounds().orElseThrow().min())
                .toList();
    }

    private static Files windows(String windows) {
        return Files.USUAL.schedule(WINDOW, windows.indent(4));
    }
}
