package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a change may ask for a pass, in a time that goes on only where the test says so. */
@Timeout(60)
class PaceTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Semaphore looksAtTheTime = new Semaphore(0);
    private final Pace pace = new Pace(this::time, stopping::get);

    private long time() {
        long now = nanos.get();
        looksAtTheTime.release();
        return now;
    }

    /** A change that knows what time it is. */
    private CompletableFuture<Void> change() throws InterruptedException {
        looksAtTheTime.drainPermits();
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> {
            try {
                pace.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        looksAtTheTime.acquire();
        return change;
    }

    private void pass(Duration took) {
        pace.passBegins();
        passesBy(took);
        pace.passEnds();
    }

    private void passesBy(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void mayRequest(CompletableFuture<Void> change) throws Exception {
        change.get(30, TimeUnit.SECONDS);
    }

    @Test
    void theFirstChangeRequestsAPassAtOnce() throws Exception {
        mayRequest(change());
    }

    @Test
    void aPassForAnotherReasonPutsTheNextChangeOff() throws Exception {
        mayRequest(change());
        pass(Duration.ofSeconds(2));
        passesBy(Pace.PAUSE.minusNanos(1));
        CompletableFuture<Void> change = change();
        pass(Duration.ofSeconds(2));
        assertThat(change).isNotDone();

        passesBy(Pace.PAUSE);
        mayRequest(change);
    }

    /** As when the route of the pass has stopped: its watchdog starts it again, and it finds a look waiting. */
    @Test
    void whereNoPassComesAPassIsRequestedAllTheSame() throws Exception {
        mayRequest(change());
        CompletableFuture<Void> change = change();
        passesBy(Pace.LONGEST_WAIT.minusNanos(1));
        assertThat(change).isNotDone();

        passesBy(Duration.ofNanos(1));
        mayRequest(change);
    }

    @Test
    void nobodyWaitsWhileTheRoutesAreStopped() throws Exception {
        pace.passBegins();
        CompletableFuture<Void> change = change();
        stopping.set(true);
        mayRequest(change);
    }
}
