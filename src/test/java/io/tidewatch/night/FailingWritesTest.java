package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Writes that come to nothing while nothing in the cluster changes, so that nobody else tells us to look again. */
@Execution(ExecutionMode.CONCURRENT)
class FailingWritesTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:30:10Z");
    private static final Instant OPENED = Instant.parse("2026-11-22T13:30:00Z");

    /** Long before the next resync, with room for a slow machine. */
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    /** Strikes the first few of some requests. */
    private record First(int strikes, Predicate<WireRequest> which, Fate fate, boolean isBefore, AtomicInteger met)
            implements Weather {

        static First of(int strikes, String label, Fate fate, boolean before) {
            return new First(strikes, request -> request.label().startsWith(label), fate, before, new AtomicInteger());
        }

        @Override
        public Fate before(WireRequest request) {
            return isBefore ? strike(request) : Fate.PASS;
        }

        @Override
        public Fate after(WireRequest request) {
            return isBefore ? Fate.PASS : strike(request);
        }

        private Fate strike(WireRequest request) {
            return which.test(request) && met.incrementAndGet() <= strikes ? fate : Fate.PASS;
        }
    }

    private StandingNight night(Weather weather) {
        StandingNight night = new StandingNight(folder, BEGINS, 1);
        night.wire().changeWeather(weather);
        night.commit(
                "a window that is open",
                Map.of("web.yaml", StandingNight.scaledObjects(1), "night.yaml", StandingNight.schedule(OPENED)));
        night.start(20);
        return night;
    }

    /** More often than the client itself repeats a request, at one edge after the other. */
    @Test
    void aWriteThatIsRejectedForNowIsTriedAgainLongBeforeTheResync() {
        List<Fate> fates = List.of(
                Fate.answer(500), Fate.answer(503), Fate.answer(409), Fate.tooManyRequests(Duration.ofSeconds(1)));
        try (StandingNight night = night(Weather.FAIR)) {
            night.await("the minimum", () -> night.targets().minimum("t-1") == 2);
            for (int edge = 0; edge < fates.size(); edge++) {
                First weather = First.of(5, "patch scaledobjects", fates.get(edge), true);
                night.wire().changeWeather(weather);
                Instant at = OPENED.plus(StandingNight.HALF.multipliedBy(edge + 1));
                int wanted = edge % 2 == 0 ? 1 : 2;
                night.leapTo(at);
                night.await("minimum " + wanted, () -> night.targets().minimum("t-1") == wanted);

                assertThat(weather.met().get()).as("%s", fates.get(edge)).isGreaterThan(5);
                assertThat(night.timeline().instant()).isBefore(at.plus(SOON));
            }
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundToBeDoneAndNotRepeatedForEver() {
        try (StandingNight night = night(First.of(5, "patch scaledobjects", Fate.of(Fate.Kind.RESET), false))) {
            night.await("the minimum", () -> night.targets().minimum("t-1") == 2);
            night.awaitQuiet(Duration.ofSeconds(2));

            int writes = writes(night);
            night.leapTo(night.timeline().instant().plus(Duration.ofMinutes(3)));
            night.awaitQuiet();
            assertThat(writes(night)).isEqualTo(writes);
        }
    }

    /** Events tell of what was done; that they may not be written, or that their requests hang, must hurt nothing. */
    @Test
    void eventsThatCannotBeWrittenHurtNothing() {
        First refused = First.of(Integer.MAX_VALUE, "post events", Fate.answer(403), true);
        try (StandingNight night = night(refused)) {
            night.await("the minimum", () -> night.targets().minimum("t-1") == 2);
            night.await("an attempt at an Event", () -> refused.met().get() > 0);

            night.wire()
                    .changeWeather(First.of(Integer.MAX_VALUE, "post events", Fate.late(Duration.ofSeconds(4)), true));
            for (int edge = 1; edge <= 3; edge++) {
                int wanted = edge % 2 == 0 ? 2 : 1;
                night.leapTo(OPENED.plus(StandingNight.HALF.multipliedBy(edge)));
                night.await("minimum " + wanted, () -> night.targets().minimum("t-1") == wanted);
            }
            assertThat(night.said()).noneMatch(entry -> entry.code().equals("refused"));
        }
    }

    /** A right that is missing for one hop is no excuse not to raise. */
    @Test
    void aMinimumIsRaisedThoughPodsMayNotBeListed() {
        try (StandingNight night = night(First.of(Integer.MAX_VALUE, "list pods", Fate.answer(403), true))) {
            night.await("the minimum", () -> night.targets().minimum("t-1") == 2);
            night.await(
                    "a word of what is not seen",
                    () -> night.said("missing permission to list and watch pods in shop"));

            night.leapTo(night.timeline().instant().plus(Duration.ofMinutes(30)));
            night.await(
                    "a diagnosis that names it",
                    () -> night.said().stream()
                            .anyMatch(entry -> entry.code().equals("Unknown")
                                    || entry.code().equals("AvailabilityLag")));
        }
    }

    private static int writes(StandingNight night) {
        return (int) night.wire().requests().stream()
                .filter(request -> request.label().startsWith("patch scaledobjects"))
                .count();
    }
}
