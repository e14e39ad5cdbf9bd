package io.tidewatch.playground.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends the store's changes to the open watches.
 *
 * <p>Everything is sent from one thread, in the order of the store's revisions. The beginning of a session is read and queued
 * while no write happens, so no change after it is lost or sent twice.
 */
final class WatchHub implements AutoCloseable {

    /**
     * A watch that asked for bookmarks gets one a minute of real time, as from a real API server, once anything has happened
     * since the revision that it began at: that revision itself is never sent as a bookmark.
     */
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "playground-watches");
        thread.setDaemon(true);
        return thread;
    });
    /** Those that are open, each with the revision that it began at. */
    private final Map<WatchSession, Long> sessions = new LinkedHashMap<>();

    private final ObjectStore store;
    private Future<?> nextBookmarks;

    WatchHub(int historyCapacity) {
        store = new ObjectStore(historyCapacity, this::publish);
        nextBookmarks = every(BOOKMARK_EVERY);
    }

    /** @param pause from one bookmark to the next, in real time */
    synchronized void sendBookmarksEvery(Duration pause) {
        nextBookmarks.cancel(false);
        nextBookmarks = every(pause);
    }

    private Future<?> every(Duration pause) {
        return sender.scheduleAtFixedRate(
                this::sendBookmarks, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    ObjectStore store() {
        return store;
    }

    private void publish(StoreEvent event) {
        queued(() -> {
            for (WatchSession session : sessions.keySet()) {
                WatchMessages.of(event, session.request()).ifPresent(session::send);
            }
        });
    }

    private void sendBookmarks() {
        store.reading(() -> {
            long revision = store.revision();
            queued(() -> sessions.forEach((session, begin) -> {
                if (session.request().bookmarks() && revision > begin) {
                    session.send(WatchMessages.bookmark(session.request().type(), revision));
                }
            }));
            return true;
        });
    }

    void open(WatchSession session) {
        store.reading(() -> {
            Optional<List<String>> beginning = beginning(session.request());
            long revision = session.request().since().orElse(store.revision());
            queued(() -> start(session, beginning, revision));
            return true;
        });
    }

    private void start(WatchSession session, Optional<List<String>> beginning, long revision) {
        if (beginning.isPresent()) {
            beginning.get().forEach(session::send);
            sessions.put(session, revision);
        } else {
            session.send(WatchMessages.error(tooOld(session.request())));
            session.end(1000, "");
        }
    }

    private ApiFailure tooOld(WatchRequest request) {
        return ApiFailure.expired(
                "too old resource version: " + request.since().orElse(0L) + " (" + store.revision() + ")");
    }

    /** The first events of a watch; absent when the revision to resume from is too old. */
    Optional<List<String>> beginning(WatchRequest request) {
        return store.reading(() -> request.since()
                .map(since -> store.changesAfter(since).map(changes -> resumed(changes, request)))
                .orElseGet(() -> Optional.of(fromNow(request))));
    }

    private static List<String> resumed(List<StoreEvent> changes, WatchRequest request) {
        List<String> messages = new ArrayList<>();
        changes.forEach(event -> WatchMessages.of(event, request).ifPresent(messages::add));
        return messages;
    }

    private List<String> fromNow(WatchRequest request) {
        List<String> messages = new ArrayList<>();
        ObjectStore.Listing listing = store.list(request.type(), request.namespace());
        for (StoredObject object : listing.objects()) {
            if (request.selector().test(object.json())) {
                messages.add(WatchMessages.added(object));
            }
        }
        if (request.initialEventsEnd()) {
            messages.add(WatchMessages.initialEventsEnd(request.type(), listing.revision()));
        }
        return messages;
    }

    void close(WatchSession session) {
        queued(() -> sessions.remove(session));
    }

    /** Ends every open watch, as a restarting API server does; clients come back by themselves. */
    void dropWatches() {
        eachSession(session -> session.end(1001, "going away"));
    }

    private void eachSession(Consumer<WatchSession> action) {
        queued(() -> List.copyOf(sessions.keySet()).forEach(action));
    }

    private void queued(Runnable task) {
        try {
            sender.execute(task);
        } catch (RejectedExecutionException e) {
            if (!sender.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
