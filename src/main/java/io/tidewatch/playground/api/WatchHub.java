package io.tidewatch.playground.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends the store's changes to the open watches.
 *
 * <p>Everything is sent from one thread, in the order of the store's revisions. A session's beginning is read while the
 * store stands still and queued there and then, so between it and the first change that follows nothing is lost or said
 * twice.
 */
final class WatchHub implements AutoCloseable {

    /**
     * A watch that asked for bookmarks gets one a minute of real time, whatever happens, as from a real API server; so that a
     * quiet one can resume, and is known not to be deaf.
     */
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "playground-watches");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<WatchSession> sessions = new LinkedHashSet<>();
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
            for (WatchSession session : sessions) {
                WatchMessages.of(event, session.request()).ifPresent(session::send);
            }
        });
    }

    private void sendBookmarks() {
        store.reading(() -> {
            long revision = store.revision();
            queued(() -> sessions.stream()
                    .filter(session -> session.request().bookmarks())
                    .forEach(session -> session.send(
                            WatchMessages.bookmark(session.request().type(), revision))));
            return true;
        });
    }

    void open(WatchSession session) {
        store.reading(() -> {
            Optional<List<String>> beginning = beginning(session.request());
            queued(() -> start(session, beginning));
            return true;
        });
    }

    private void start(WatchSession session, Optional<List<String>> beginning) {
        if (beginning.isPresent()) {
            beginning.get().forEach(session::send);
            sessions.add(session);
        } else {
            session.send(WatchMessages.error(tooOld(session.request())));
            session.end(1000, "");
        }
    }

    private ApiFailure tooOld(WatchRequest request) {
        return ApiFailure.expired(
                "too old resource version: " + request.since().orElse(0L) + " (" + store.revision() + ")");
    }

    /** What a watch hears first; absent when what it wants to resume from is forgotten. */
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
        queued(() -> List.copyOf(sessions).forEach(action));
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
