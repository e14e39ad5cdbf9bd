package io.tidewatch.playground.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaygroundClockTest {
    private static final Instant WALL = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(WALL);
    private final InstantSource wallSource = wall::get;
    private PlaygroundClock clock = PlaygroundClock.startingAt(NIGHT, 30, wallSource);

    @AfterEach
    void close() {
        clock.close();
    }

    private void wallPasses(Duration real) {
        wall.updateAndGet(now -> now.plus(real));
    }

    @Test
    void runsThirtyTimesAsFast() {
        wallPasses(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(NIGHT.plusSeconds(60));
    }

    @Test
    void aChangeOfSpeedCountsFromThenOn() {
        wallPasses(Duration.ofSeconds(2));
        clock.setSpeed(1);
        wallPasses(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(NIGHT.plusSeconds(65));
    }

    @Test
    void leapsForwardAndNeverBack() {
        clock.jumpTo(NIGHT.plusSeconds(3600));
        assertThat(clock.instant()).isEqualTo(NIGHT.plusSeconds(3600));
        assertThatThrownBy(() -> clock.jumpTo(NIGHT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wallTimeOfTurnsSimulatedIntoReal() {
        assertThat(clock.wallTimeOf(NIGHT.plusSeconds(60))).isEqualTo(WALL.plusSeconds(2));
        assertThat(clock.wallTimeOf(NIGHT.minusSeconds(60))).isEqualTo(WALL.minusSeconds(2));
    }

    @Test
    void whileTimeStandsStillALaterInstantNeverComes() {
        clock.setSpeed(0);
        assertThat(clock.wallTimeOf(NIGHT.plusSeconds(1))).isEqualTo(Instant.MAX);
        assertThat(clock.wallTimeOf(NIGHT)).isEqualTo(WALL);
    }

    @Test
    void everyShiftIsReported() {
        AtomicInteger shifts = new AtomicInteger();
        clock.onShift(shifts::incrementAndGet);
        clock.setSpeed(5);
        clock.jumpTo(NIGHT.plusSeconds(10));
        assertThat(shifts).hasValue(2);
    }

    @Test
    void aLeapRunsTheTasksItSkippedInTheirOrder() throws InterruptedException {
        clock.setSpeed(0);
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        clock.at(NIGHT.plusSeconds(20), () -> ran.add("second"));
        clock.at(NIGHT.plusSeconds(10), () -> ran.add("first"));
        clock.at(NIGHT.plusSeconds(99), () -> ran.add("later"));
        clock.jumpTo(NIGHT.plusSeconds(30));
        assertThat(List.of(next(ran), next(ran))).containsExactly("first", "second");
        assertThat(clock.nextDue()).contains(NIGHT.plusSeconds(99));
    }

    @Test
    void aCancelledTaskDoesNotRun() throws InterruptedException {
        clock.setSpeed(0);
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        clock.at(NIGHT.plusSeconds(10), () -> ran.add("cancelled")).cancel();
        clock.at(NIGHT.plusSeconds(11), () -> ran.add("kept"));
        clock.jumpTo(NIGHT.plusSeconds(30));
        assertThat(next(ran)).isEqualTo("kept");
    }

    @Test
    void aPeriodicTaskDoesNotReplayWhatALeapSkipped() throws InterruptedException {
        clock.setSpeed(0);
        BlockingQueue<Instant> ticks = new LinkedBlockingQueue<>();
        clock.every(Duration.ofSeconds(15), () -> ticks.add(clock.instant()));
        clock.jumpTo(NIGHT.plusSeconds(3600));
        assertThat(ticks.poll(10, TimeUnit.SECONDS)).isEqualTo(NIGHT.plusSeconds(3600));
        assertThat(clock.nextDue()).contains(NIGHT.plusSeconds(3615));
        assertThat(ticks).isEmpty();
    }

    @Test
    void aTaskThatFailsStopsNoOther() throws InterruptedException {
        clock.setSpeed(0);
        CountDownLatch ran = new CountDownLatch(1);
        clock.at(NIGHT.plusSeconds(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        clock.at(NIGHT.plusSeconds(2), ran::countDown);
        clock.jumpTo(NIGHT.plusSeconds(5));
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String next(BlockingQueue<String> ran) throws InterruptedException {
        return ran.poll(10, TimeUnit.SECONDS);
    }
}
