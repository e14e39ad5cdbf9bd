package io.tidewatch.playground.sim;

import io.tidewatch.playground.clock.PlaygroundClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work queue of all simulated controllers: one thread, equal keys coalesce, delays are simulated time.
 *
 * <p>After each write it waits until the watch has delivered that write, so that a cache is stale only where a fault makes it
 * stale. After a conflict, or for an object that is gone, the object is processed again. Any other failure is logged and retried
 * after a simulated second. Neither delays other objects.
 */
final class WorkLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration WATCH_LAG = Duration.ofSeconds(10);

    private final Object lock = new Object();
    private final Map<Item, Long> ready = new LinkedHashMap<>();
    private final Map<Item, Instant> scheduled = new HashMap<>();
    private final PlaygroundClock clock;
    private final ClusterDoor door;
    private final Caches caches;
    private final EventWriter events;
    private final Set<String> leftOut;
    private final Thread thread;
    private boolean working;
    private long longestNanos;
    private boolean closed;

    /** @param leftOut the names of controllers that do nothing, because real ones do their work */
    WorkLoop(PlaygroundClock clock, ClusterDoor door, Caches caches, Set<String> leftOut) {
        this.leftOut = Set.copyOf(leftOut);
        this.clock = clock;
        this.door = door;
        this.caches = caches;
        this.events = new EventWriter(clock, door);
        this.thread = new Thread(this::run, "simulated-controllers");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Processes the object after {@code delay} of simulated time, or earlier if an earlier time is requested too. */
    void enqueue(SimulatedController controller, ObjectKey key, Duration delay) {
        if (leftOut.contains(controller.name())) {
            return;
        }
        Item item = new Item(controller, key);
        Instant due = clock.instant().plus(delay);
        synchronized (lock) {
            Instant earlier = scheduled.get(item);
            if (closed || (earlier != null && !earlier.isAfter(due))) {
                return;
            }
            scheduled.put(item, due);
        }
        clock.at(due, () -> makeReady(item, due));
    }

    /** Whether nothing is ready, running, or due by now. */
    boolean isIdle() {
        return clock.isCaughtUp() && isQuiet() && clock.isCaughtUp();
    }

    private boolean isQuiet() {
        synchronized (lock) {
            return ready.isEmpty() && !working;
        }
    }

    /** The longest real time from when an object was due until it was processed. */
    Duration longestDelay() {
        synchronized (lock) {
            return Duration.ofNanos(longestNanos);
        }
    }

    /** Waits, in real time, until all that is due by now is done; false when it was not within {@code atMost}. */
    boolean awaitIdle(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isIdle()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            synchronized (lock) {
                try {
                    lock.wait(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            ready.clear();
            lock.notifyAll();
        }
        thread.interrupt();
    }

    private void makeReady(Item item, Instant due) {
        synchronized (lock) {
            scheduled.remove(item, due);
            ready.putIfAbsent(item, System.nanoTime());
            lock.notifyAll();
        }
    }

    private void run() {
        Due next = take();
        while (next != null) {
            work(next.item);
            done(next);
            next = take();
        }
    }

    private void done(Due due) {
        synchronized (lock) {
            longestNanos = Math.max(longestNanos, System.nanoTime() - due.sinceNanos);
        }
    }

    private @Nullable Due take() {
        synchronized (lock) {
            working = false;
            lock.notifyAll();
            while (ready.isEmpty() && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            if (closed) {
                return null;
            }
            Item next = ready.keySet().iterator().next();
            long since = Objects.requireNonNull(ready.remove(next));
            working = true;
            return new Due(next, since);
        }
    }

    private void work(Item item) {
        try {
            Decision decision = item.controller.reconcile(item.key);
            LOG.debug("{} {}: {}", item.controller.name(), item.key, decision);
            decision.writes().forEach(write -> perform(item.controller, write));
            decision.again().ifPresent(delay -> enqueue(item.controller, item.key, delay));
        } catch (ApiRejection rejection) {
            if (!isClosed()) {
                LOG.debug("{} {}: {}", item.controller.name(), item.key, rejection.getMessage());
                boolean changedMeanwhile = rejection.isConflict() || rejection.isGone();
                enqueue(item.controller, item.key, changedMeanwhile ? AFTER_CONFLICT : AFTER_FAILURE);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} {} failed", item.controller.name(), item.key, e);
            enqueue(item.controller, item.key, AFTER_FAILURE);
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private void perform(SimulatedController controller, Write write) {
        if (write instanceof Write.Announce announce) {
            events.write(announce, controller.name());
            return;
        }
        Optional<Live> before = target(write);
        Optional<Live> reply = door.send(write, controller.name());
        reply.ifPresent(live -> controller.wrote(write, live));
        boolean seen = awaitSeen(write, before, reply);
        if (!seen && !isClosed()) {
            LOG.warn("{}: the watch did not show {} within {}", controller.name(), write, WATCH_LAG);
        }
    }

    private Optional<Live> target(Write write) {
        if (write instanceof Write.SetScale scale) {
            return caches.ifWatched(scale.kind()).flatMap(cache -> cache.get(scale.key()));
        }
        if (write instanceof Write.Delete delete) {
            return caches.ifWatched(delete.kind()).flatMap(cache -> cache.get(delete.key()));
        }
        return Optional.empty();
    }

    private boolean awaitSeen(Write write, Optional<Live> before, Optional<Live> reply) {
        if (write instanceof Write.SetScale scale && before.isPresent()) {
            String old = before.get().resourceVersion();
            return caches.ifWatched(scale.kind())
                    .map(cache -> cache.await(
                            scale.key(), seen -> !seen.resourceVersion().equals(old), WATCH_LAG))
                    .orElse(true);
        }
        if (write instanceof Write.Delete delete && before.isPresent()) {
            return caches.ifWatched(delete.kind())
                    .map(cache -> cache.awaitGone(delete.key(), before.get().uid(), WATCH_LAG))
                    .orElse(true);
        }
        return reply.flatMap(live ->
                        caches.ifWatched(live.object().getKind()).map(cache -> cache.awaitSeen(live, WATCH_LAG)))
                .orElse(true);
    }

    private record Item(SimulatedController controller, ObjectKey key) {}

    /** @param sinceNanos when the item became due, by the monotonic clock */
    private record Due(Item item, long sinceNanos) {}
}
