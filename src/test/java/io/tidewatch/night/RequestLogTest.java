package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API server's own log shows of us. */
class RequestLogTest {

    private static final int TARGETS = 200;
    private static final Instant BEGINS = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant EDGE = Instant.parse("2026-11-22T13:30:00Z");

    @TempDir
    private Path folder;

    @Test
    void aQuietHourIsWatchesAloneAndAnEdgeIsOnePatchAndOneEventForEachTarget() {
        try (StandingNight night = new StandingNight(folder, BEGINS, TARGETS)) {
            night.commit(
                    "a night",
                    Map.of(
                            "web.yaml",
                            StandingNight.scaledObjects(TARGETS),
                            "night.yaml",
                            StandingNight.schedule(EDGE)));
            WritesOnTheWire writes = new WritesOnTheWire();
            night.wire().changeWeather(writes);
            night.start(1_000);
            night.await(
                    "who is in the way of the edge is known of every target",
                    () -> night.said().stream()
                                    .filter(entry -> entry.code().equals("ownership"))
                                    .count()
                            == TARGETS);
            night.awaitQuiet();

            night.server().requests().clear();
            Instant hour = night.timeline().instant().plus(Duration.ofHours(1));
            night.pace(1_200);
            night.await("the hour's end", () -> !night.timeline().instant().isBefore(hour));
            night.pace(1);
            night.awaitQuiet();
            assertThat(ours(night)).as("a quiet hour").isEmpty();

            night.leapTo(EDGE.minus(Duration.ofMinutes(5)));
            Map<String, Long> quotas = Map.of(
                    "list resourcequotas", 1L,
                    "watch resourcequotas", 1L,
                    "list limitranges", 1L,
                    "watch limitranges", 1L,
                    "list events", 1L,
                    "watch events", 1L);
            night.await("the preflight", () -> counted(night).equals(quotas));
            night.awaitQuiet();
            assertThat(counted(night)).as("a preflight of %d targets", TARGETS).isEqualTo(quotas);
            night.server().requests().clear();

            night.leapTo(EDGE.minusMillis(500));
            night.await(
                    "every minimum raised and every Event written",
                    () -> counted(night)
                            .equals(Map.of("patch scaledobjects", (long) TARGETS, "create events", (long) TARGETS)));
            night.awaitQuiet();
            assertThat(counted(night))
                    .as("an edge of %d targets", TARGETS)
                    .isEqualTo(Map.of("patch scaledobjects", (long) TARGETS, "create events", (long) TARGETS));
            assertThat(night.targets().minimum("t-1")).isEqualTo(2);
            assertThat(writes.most.get())
                    .as("writes, Events and dry runs at one time, of maxInFlight = 8")
                    .isBetween(2, 8);
        }
    }

    /** How many requests that write are on the wire at one time; each takes a little longer than it would. */
    private static final class WritesOnTheWire implements Weather {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Fate before(WireRequest request) {
            if (isOther(request)) {
                return Fate.PASS;
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            return Fate.late(Duration.ofMillis(5));
        }

        @Override
        public Fate after(WireRequest request) {
            if (!isOther(request)) {
                now.decrementAndGet();
            }
            return Fate.PASS;
        }
    }

    private static boolean isOther(WireRequest request) {
        return !request.writes() || HeartbeatPaths.contain(request.path());
    }

    private static List<RequestLog.Entry> ours(StandingNight night) {
        return night.server().requests().entries().stream()
                .filter(entry -> entry.userAgent().equals("tidewatch"))
                .filter(entry -> !HeartbeatPaths.contain(entry.path()))
                .toList();
    }

    private static Map<String, Long> counted(StandingNight night) {
        return ours(night).stream()
                .map(entry -> (entry.dryRun() ? "dry-run " : "") + entry.verb() + " "
                        + entry.path().replaceFirst(".*/namespaces/[^/]+/([^/]+).*", "$1"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
