package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidewatch.MovedClock;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the watchdog starts, says and ends, by a clock that is moved by hand. */
class WatchdogTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration RESYNC = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final MovedClock clock = new MovedClock(NOON);
    private final HandNanos nanos = new HandNanos();
    private final List<String> incidents = new CopyOnWriteArrayList<>();
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final SelfIncidents said = new SelfIncidents() {
        @Override
        public void open(String key, String summary) {
            incidents.add("open " + key + ": " + summary);
        }

        @Override
        public void resolve(String key, String summary) {
            incidents.add("resolve " + key + ": " + summary);
        }
    };
    private final WatchdogLimits limits = new WatchdogLimits(
            PERIOD,
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Optional.empty(),
            exits::add);
    private final LoopHealth loop = new LoopHealth(clock, nanos, Watchdog.reporting(said, limits));
    private volatile List<SourceHealth> sources = List.of();
    private volatile Runnable asking = () -> {};
    private final Watchdog watchdog = new Watchdog(
            limits,
            RESYNC,
            Map.of("shop", Duration.ofMinutes(1)),
            loop,
            () -> {
                asking.run();
                return sources;
            },
            new Watchdog.Restarts() {
                @Override
                public void requestPass() {
                    started.add("pass");
                }

                @Override
                public void pullSources() {
                    started.add("pull");
                }

                @Override
                public void sendAndSurvey() {
                    started.add("outbox");
                }

                @Override
                public void rearmResync() {
                    started.add("resync");
                }

                @Override
                public void startRoutes() {
                    started.add("routes");
                }

                @Override
                public boolean isRunning() {
                    return true;
                }

                @Override
                public boolean isAllReported() {
                    return true;
                }
            },
            said,
            nanos);

    @AfterEach
    void stop() {
        watchdog.close();
    }

    /** In each of them it learns how the sources stand, and judges that in the next one. */
    private void checksFor(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(PERIOD)) {
            nanos.pass(PERIOD);
            watchdog.check();
            while (!watchdog.isDone("sources")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void onePass() {
        loop.passBegins();
        loop.stageBegins("observe");
        loop.stageEnds();
        loop.passEnds();
    }

    private static SourceHealth shop(Optional<Instant> pulled, Optional<String> trouble) {
        return new SourceHealth("shop", pulled, pulled, NOON, Optional.empty(), Optional.empty(), trouble);
    }

    private String nextStarted(String what) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            String one = started.poll(10, TimeUnit.SECONDS);
            if (one == null || one.equals(what)) {
                return String.valueOf(one);
            }
        }
        return "only others";
    }

    @Test
    void aPassIsRequestedWhenNoneBeganForTwoResyncs() throws InterruptedException {
        onePass();
        checksFor(RESYNC.multipliedBy(2).minus(PERIOD));
        assertThat(started).doesNotContain("pass");

        checksFor(PERIOD);

        assertThat(nextStarted("pass")).isEqualTo("pass");
        assertThat(exits).isEmpty();
    }

    @Test
    void besideAPassThatRunsNoneIsRequested() {
        loop.passBegins();
        for (int stage = 0; stage < 5; stage++) {
            loop.stageBegins("apply");
            checksFor(Duration.ofMinutes(4));
        }

        assertThat(started).doesNotContain("pass");
        assertThat(exits).isEmpty();
    }

    @Test
    void aPassWithoutProgressForFiveMinutesEndsTheProcessOnce() {
        loop.passBegins();
        loop.stageBegins("apply");
        checksFor(Duration.ofMinutes(5).minus(PERIOD));
        assertThat(exits).isEmpty();
        assertThat(watchdog.standstill()).isEmpty();

        checksFor(PERIOD.multipliedBy(3));

        assertThat(exits).containsExactly(3);
        assertThat(watchdog.standstill()).contains("a pass has made no progress for 5 min 20 s in stage apply");
        assertThat(incidents)
                .contains(
                        "open standstill: a pass has made no progress for 5 min in stage apply; the process ends, to be"
                                + " restarted");
    }

    @Test
    void whenARequestedPassDoesNotBeginTheProcessEnds() {
        checksFor(RESYNC.multipliedBy(2).plusMinutes(5));

        assertThat(exits).containsExactly(3);
    }

    @Test
    void aWatchdogThatDoesNotCheckIsAStandstill() {
        for (int i = 0; i < 31; i++) {
            nanos.pass(PERIOD);
            onePass();
        }

        assertThat(watchdog.standstill()).contains("the watchdog has made no check for 5 min 10 s");
    }

    @Test
    void aPassOfMoreThanAMinuteIsReportedAndItsEndToo() {
        loop.passBegins();
        loop.stageBegins("plan");
        checksFor(Duration.ofSeconds(70));
        loop.passEnds();
        onePass();

        assertThat(incidents)
                .containsExactly(
                        "open loop: a pass has lasted for 70 s and is in stage plan",
                        "resolve standstill: a pass ended after 70 s",
                        "open loop: a pass took 70 s",
                        "resolve standstill: a pass ended after 0.0 s",
                        "resolve loop: a pass ended after 0.0 s");
    }

    @Test
    void threeFailedPassesInARowAreReported() {
        for (int i = 0; i < 2; i++) {
            loop.passBegins();
            loop.passFails("plan", new IllegalStateException("index 3 is out of bounds"));
        }
        assertThat(incidents).isEmpty();

        loop.passBegins();
        loop.passFails("plan", new IllegalStateException("outer", new IllegalArgumentException("bad\u001b[2J")));
        onePass();

        assertThat(incidents)
                .containsExactly(
                        "open loop: 3 passes in a row have failed, the last in plan: bad[2J",
                        "resolve standstill: a pass ended after 0.0 s",
                        "resolve loop: a pass ended after 0.0 s");
        assertThat(loop.state().failedInARow()).isZero();
        assertThat(loop.state().why()).contains("plan: bad[2J");
    }

    @Test
    void aSourceThatIsNotPulledIsPulledAndReportedAfterThreeIntervals() throws InterruptedException {
        onePass();
        sources = List.of(shop(Optional.of(NOON), Optional.empty()));
        checksFor(Duration.ofSeconds(70));
        assertThat(nextStarted("pull")).isEqualTo("pull");
        assertThat(incidents).noneMatch(line -> line.startsWith("open source/shop"));

        checksFor(Duration.ofMinutes(2));

        assertThat(incidents).contains("open source/shop: source shop has not been pulled for 3 min 10 s");

        sources = List.of(shop(Optional.of(NOON.plusSeconds(1)), Optional.of("rejected the login")));
        checksFor(PERIOD);
        incidents.clear();
        checksFor(PERIOD);
        assertThat(incidents).as("what troubles it is for others to end").isEmpty();

        sources = List.of(shop(Optional.of(NOON.plusSeconds(2)), Optional.empty()));
        checksFor(PERIOD.multipliedBy(2));
        assertThat(incidents).containsExactly("resolve source/shop: source shop is pulled again");
    }

    /** GitStage's lock may be held by a pull that waits for a disk. */
    @Test
    void itWaitsForNobodyWhoKnowsHowTheSourcesStand() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        Lock held = new ReentrantLock();
        asking = () -> {
            free.countDown();
            held.lock();
            held.unlock();
        };
        onePass();
        held.lock();
        try {
            for (int i = 0; i < 19; i++) {
                nanos.pass(PERIOD);
                watchdog.check();
            }
            free.await();

            assertThat(nextStarted("pull")).isEqualTo("pull");
            assertThat(incidents).contains("open source/shop: source shop has not been pulled for 3 min 10 s");

            for (int i = 0; i < 71; i++) {
                nanos.pass(PERIOD);
                watchdog.check();
            }
            assertThat(exits).as("no pass has begun for fifteen minutes").containsExactly(3);
        } finally {
            held.unlock();
        }
    }

    @Test
    void aProcessThatWasFrozenInAPassIsNotEnded() {
        loop.passBegins();
        loop.stageBegins("apply");
        checksFor(Duration.ofMinutes(4));
        nanos.pass(Duration.ofHours(8));
        assertThat(watchdog.standstill()).contains("the watchdog has made no check for 8 h");

        checksFor(Duration.ofMinutes(5));

        assertThat(exits).isEmpty();
        assertThat(watchdog.standstill()).isEmpty();
        assertThat(incidents).noneMatch(line -> line.startsWith("open standstill"));

        checksFor(PERIOD);

        assertThat(exits).as("it stands still in earnest").containsExactly(3);
        assertThat(watchdog.standstill()).contains("a pass has made no progress for 5 min in stage apply");
    }

    @Test
    void nothingElseIsJudgedByTheTimeInWhichTheProcessWasFrozen() {
        sources = List.of(shop(Optional.of(NOON), Optional.empty()));
        onePass();
        checksFor(Duration.ofSeconds(20));
        incidents.clear();
        loop.passBegins();
        nanos.pass(Duration.ofMinutes(30));
        checksFor(Duration.ofSeconds(60));

        assertThat(incidents).noneMatch(line -> line.startsWith("open"));
        assertThat(exits).isEmpty();
    }

    @Test
    void theProbeIsNotDownForAStandstillBeforeTheFirstCheckAfterAShortFreeze() {
        loop.passBegins();
        loop.stageBegins("apply");
        checksFor(Duration.ofMinutes(4));

        nanos.pass(Duration.ofMinutes(2));

        assertThat(watchdog.standstill()).isEmpty();
    }

    @Test
    void aFreezeIsReportedOnceAndALateCheckIsNone() throws InterruptedException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Watchdog.class);
        lines.start();
        log.addAppender(lines);
        try {
            onePass();
            nanos.pass(PERIOD.multipliedBy(2));
            checksFor(PERIOD.multipliedBy(2));
            nanos.pass(Duration.ofMinutes(10));
            checksFor(PERIOD.multipliedBy(5));
            while (!watchdog.isDone("log")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the process was frozen for about 10 min 10 s: that time does not count as a standstill");
    }

    @Test
    void theOutboxAndTheRoutesAreCheckedEveryMinute() throws InterruptedException {
        onePass();
        checksFor(Duration.ofSeconds(60));

        List<String> both = new ArrayList<>(List.of(nextStarted("routes"), nextStarted("outbox")));
        assertThat(both).containsAnyOf("routes", "outbox");
    }

    @Test
    void aClockThatWasSetChecksEverythingThatWaitsForAnInstant() throws InterruptedException {
        watchdog.tick(() -> false);
        assertThat(started).isEmpty();

        watchdog.tick(() -> true);

        assertThat(List.of(
                        String.valueOf(started.poll(10, TimeUnit.SECONDS)),
                        String.valueOf(started.poll(10, TimeUnit.SECONDS)),
                        String.valueOf(started.poll(10, TimeUnit.SECONDS))))
                .containsExactlyInAnyOrder("pull", "outbox", "resync");
    }
}
