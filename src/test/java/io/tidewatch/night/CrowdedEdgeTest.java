package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.night.TwoSources.Window;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook.Moment;
import io.tidewatch.playground.api.RequestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An edge of many, or writes that hang, and the edges of a few others: by the request log, in the playground's time. One
 * pass used to last until its last write, and the few waited for all of the many.
 */
class CrowdedEdgeTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant EDGE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant NEVER = Instant.parse("2026-12-22T13:30:00Z");

    /** Writes of the many that may come between an edge of the few and the last of their writes: as many as three seconds allow. */
    private static final int BETWEEN = 60;

    /** Our client gives a write up after ten seconds. Whoever waits for one that hangs waits longer than this. */
    private static final Duration SOONER_THAN_A_TIMEOUT = Duration.ofSeconds(7);

    private static final int FEW = 10;

    @TempDir
    private Path folder;

    @Test
    void theFewAreWrittenAtTheirEdgeThoughManyWait() {
        play(150, EDGE.plusSeconds(3), Duration.ofSeconds(3));
    }

    @Test
    @Tag("full")
    void theFewAreWrittenAtTheirEdgeThoughTwoThousandWait() {
        play(2_000, EDGE.plusSeconds(5), Duration.ofSeconds(15));
    }

    /** @param follow after which one that was written is late; the many need longer for their writes */
    private void play(int many, Instant edgeOfTheFew, Duration follow) {
        try (TwoSources night = new TwoSources(folder, BEGINS, many, FEW)) {
            night.commit(TwoSources.CROWD, many, List.of(new Window("peak", EDGE, NEVER)), follow);
            night.commit(TwoSources.GOOD, FEW, List.of(new Window("peak", edgeOfTheFew, NEVER)), follow);
            begin(night);

            night.await("the few", () -> night.writes(TwoSources.GOOD).size() == FEW);
            assertThat(night.writes(TwoSources.CROWD))
                    .as("the many are not through")
                    .hasSizeLessThan(many);
            night.await("the many", () -> night.writes(TwoSources.CROWD).size() == many);

            List<Instant> few = night.writes(TwoSources.GOOD).stream()
                    .map(RequestLog.Entry::at)
                    .toList();
            assertThat(few).allMatch(at -> !at.isBefore(edgeOfTheFew));
            assertThat(night.writes(TwoSources.CROWD).stream()
                            .filter(write -> !write.at().isBefore(edgeOfTheFew)
                                    && !write.at().isAfter(Collections.max(few))))
                    .as("the few are not written after the many")
                    .hasSizeLessThan(BETWEEN);
            assertThat(oncePerTarget(night.writes(TwoSources.CROWD))).isTrue();
            assertThat(night.said("refused")).isZero();
            assertThat(night.lateBeforeTheyWereWritten()).isEmpty();
        }
    }

    /** As with a webhook that answers after 20 s: our client gives up after ten, the server goes on. */
    @Test
    @Tag("full")
    void writesThatHangKeepNobodyElseWaiting() {
        int hanging = 40;
        List<Instant> edges = List.of(EDGE.plusSeconds(3), EDGE.plusSeconds(12));
        try (TwoSources night = new TwoSources(folder, BEGINS, hanging, FEW)) {
            night.commit(TwoSources.CROWD, hanging, List.of(new Window("peak", EDGE, NEVER)));
            night.commit(TwoSources.GOOD, FEW, List.of(new Window("peak", edges.get(0), edges.get(1))));
            begin(night);
            night.strikeWith((moment, call) -> moment == Moment.AFTER
                            && List.of("patch", "create").contains(call.verb())
                            && call.path().contains("/namespaces/" + TwoSources.CROWD + "/")
                    ? Fault.delay(Duration.ofSeconds(20))
                    : Fault.NONE);

            night.await("all edges", () -> night.writes(TwoSources.GOOD).size() == edges.size() * FEW);

            List<RequestLog.Entry> writes = night.writes(TwoSources.GOOD);
            for (int edge = 0; edge < edges.size(); edge++) {
                Instant at = edges.get(edge);
                assertThat(writes.subList(edge * FEW, (edge + 1) * FEW))
                        .allSatisfy(write -> assertThat(write.at()).isBetween(at, at.plus(SOONER_THAN_A_TIMEOUT)));
            }
            assertThat(night.writes(TwoSources.CROWD)).as("they did hang").hasSizeLessThan(hanging);
            night.await("Events of the others", () -> night.events(TwoSources.GOOD) >= edges.size() * FEW);
            night.strikeWith((moment, call) -> Fault.NONE);
        }
    }

    /** Both commits are read, and questions about the edges ahead are being asked, a moment before the edge of the many. */
    private static void begin(TwoSources night) {
        night.start();
        night.await("both commits", () -> night.said("commit-read") == 2);
        night.await("a question", () -> night.questions() > 0);
        night.forgetRequests();
        night.leapTo(EDGE.minusSeconds(2));
    }

    private static boolean oncePerTarget(List<RequestLog.Entry> writes) {
        Map<String, Long> times =
                writes.stream().collect(Collectors.groupingBy(RequestLog.Entry::path, Collectors.counting()));
        return times.values().stream().allMatch(count -> count == 1);
    }
}
