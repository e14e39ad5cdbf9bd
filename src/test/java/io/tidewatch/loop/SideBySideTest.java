package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.loop.source.GitStage;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.loop.source.PullTime;
import io.tidewatch.loop.source.PulledSource;
import io.tidewatch.loop.source.SourceRemote;
import io.tidewatch.loop.source.SourceReports;
import io.tidewatch.model.definition.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred sources of which thirty hang, deaf to everything; deadlines come when the test says so. */
class SideBySideTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ALL = 100;
    private static final int HANGING = 30;
    private static final long PATIENCE = 60;

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock(START);
    private final Object lock = new Object();
    private final Map<String, Integer> begun = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();

    /** How many threads of this name have ended: all that they had to do is done. */
    private final Map<String, Integer> over = new HashMap<>();

    private final List<Runnable> deadlines = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private int together;
    private int mostTogether;
    private boolean released;

    private final GitStage stage = new GitStage(
            IntStream.range(0, ALL)
                    .mapToObj(i -> new PulledSource("s" + i, MINUTE, Duration.ofMinutes(2), new Remote("s" + i, i)))
                    .toList(),
            new PullThreads(
                    PullThreads.AT_ONCE,
                    this::arm,
                    (task, name) -> DaemonThread.of(
                                    () -> {
                                        task.run();
                                        changed(() -> over.merge(name, 1, Integer::sum));
                                    },
                                    name)
                            .start()),
            CommitMarkers.open(Path.of("no-such-folder")),
            new PullTime(clock, () -> 0L, instants -> {}),
            new SourceReports(this::say, new SelfIncidents() {
                @Override
                public void open(String key, String summary) {
                    changed(() -> incidents.add("open " + key));
                }

                @Override
                public void resolve(String key, String summary) {
                    changed(() -> incidents.add("resolve " + key));
                }
            }),
            checkout -> {});

    /** Those that hang are the first, so that they take every place there is. */
    private final class Remote implements SourceRemote {

        private final String name;
        private final boolean hangs;

        Remote(String name, int number) {
            this.name = name;
            this.hangs = number < HANGING;
        }

        @Override
        public Optional<Checkout> pull(PullAttempt attempt, CommitGate gate) {
            changed(() -> {
                begun.merge(name, 1, Integer::sum);
                together++;
                mostTogether = Math.max(mostTogether, together);
            });
            if (hangs) {
                hang();
            }
            changed(() -> {
                together--;
                ended.merge(name, 1, Integer::sum);
            });
            return Optional.empty();
        }
    }

    @AfterEach
    void release() {
        changed(() -> released = true);
    }

    @Test
    void theOthersArePulledAfterTwoDeadlinesAndThoseThatHangAreNotPulledAfterTwoThreads() throws InterruptedException {
        stage.pull();
        stage.pull();
        await("every place is taken", () -> hangingNow() == PullThreads.AT_ONCE);
        assertThat(goodPulled(1)).isZero();

        deadlinesCome();
        await(
                "the rest of those that hang, and others beside them",
                () -> hangingNow() == HANGING && goodPulled(1) == 70);
        assertThat(mostPerSource()).as("a source never more than one").isEqualTo(1);

        clock.moveTo(clock.instant().plus(MINUTE));
        deadlinesCome();
        stage.pull();
        await("the second thread of those that hang", () -> hangingNow() == HANGING + PullThreads.AT_ONCE);
        deadlinesCome();
        await("all others again", () -> goodPulled(2) == 70);
        deadlinesCome();
        for (int round = 3; round < 6; round++) {
            int desired = round;
            clock.moveTo(clock.instant().plus(MINUTE));
            stage.pull();
            await("nobody is in the way any more", () -> goodPulled(desired) == 70);
            deadlinesCome();
        }

        await("two threads of each hang", () -> hangingNow() == 2 * HANGING);
        assertThat(IntStream.range(0, HANGING).map(this::begun)).containsOnly(2);
        synchronized (lock) {
            assertThat(incidents).filteredOn(one -> one.startsWith("open")).hasSize(HANGING);
            assertThat(said).contains("s0: the pull did not end within 2 min and was given up; trying again");
            assertThat(said)
                    .contains(
                            "s0: the pull did not end within 2 min and was given up; two of its threads hang, so it is"
                                    + " not pulled until one of them ends");
        }

        release();
        await("their threads end", this::nobodyIsPulling);
        clock.moveTo(clock.instant().plus(MINUTE));
        await("they are pulled again", () -> {
            stage.pull();
            return IntStream.range(0, HANGING).allMatch(i -> begun(i) >= 3);
        });
        await(
                "and the incidents end",
                () -> IntStream.range(0, HANGING).allMatch(i -> isReported("resolve source/s" + i)));
    }

    private Runnable arm(Duration length, Runnable then) {
        changed(() -> deadlines.add(then));
        return () -> changed(() -> deadlines.remove(then));
    }

    /** Two minutes pass for all that runs now. */
    private void deadlinesCome() {
        List<Runnable> due;
        synchronized (lock) {
            due = List.copyOf(deadlines);
            deadlines.clear();
        }
        due.forEach(Runnable::run);
    }

    private void say(String name, String words) {
        changed(() -> said.add(name + ": " + words));
    }

    private boolean nobodyIsPulling() {
        synchronized (lock) {
            return together == 0;
        }
    }

    private boolean isReported(String incident) {
        synchronized (lock) {
            return incidents.contains(incident);
        }
    }

    private int begun(int source) {
        synchronized (lock) {
            return begun.getOrDefault("s" + source, 0);
        }
    }

    private int hangingNow() {
        synchronized (lock) {
            return IntStream.range(0, HANGING)
                    .map(i -> begun.getOrDefault("s" + i, 0) - ended.getOrDefault("s" + i, 0))
                    .sum();
        }
    }

    private int mostPerSource() {
        synchronized (lock) {
            return begun.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    private long goodPulled(int times) {
        synchronized (lock) {
            return IntStream.range(HANGING, ALL)
                    .filter(i -> over.getOrDefault("tidewatch-git-s" + i, 0) >= times)
                    .count();
        }
    }

    private void hang() {
        boolean over = false;
        while (!over) {
            synchronized (lock) {
                try {
                    if (!released) {
                        lock.wait();
                    }
                } catch (InterruptedException deaf) {
                    // nothing ends it but the end of the test
                }
                over = released;
            }
        }
    }

    private void changed(Runnable change) {
        synchronized (lock) {
            change.run();
            lock.notifyAll();
        }
    }

    /** Waits for others to get there; how long that takes is nobody's matter. */
    private void await(String what, BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            synchronized (lock) {
                lock.wait(10);
            }
        }
    }
}
