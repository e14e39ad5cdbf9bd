package io.tidewatch.playground.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Sends the store's changes to the open watches.
 *
 * <p>Everything is sent from one thread, in the order of the store's revisions. A session's beginning is read while the
 * store stands still and queued there and then, so between it and the first change that follows nothing is lost or said
 * twice.
 */
final class WatchHub implements AutoCloseable {

    /** A watch that asked for bookmarks gets one after so many changes, so that a quiet one can still resume. */
    private static final int BOOKMARK_EVERY = 500;

    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "playground-watches");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<WatchSession> sessions = new LinkedHashSet<>();
    private final ObjectStore store;
    private int sinceBookmark;

    WatchHub(int historyCapacity) {
        store = new ObjectStore(historyCapacity, this::publish);
    }

    ObjectStore store() {
        return store;
    }

    private void publish(StoreEvent event) {
        queued(() -> {
            for (WatchSession session : sessions) {
                WatchMessages.of(event, session.request()).ifPresent(session::send);
            }
            sinceBookmark++;
            if (sinceBookmark >= BOOKMARK_EVERY) {
                sinceBookmark = 0;
                sendBookmarks(event.revision());
            }
        });
    }

    private void sendBookmarks(long revision) {
        for (WatchSession session : sessions) {
            if (session.request().bookmarks()) {
                session.send(WatchMessages.bookmark(session.request().type(), revision));
            }
        }
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
