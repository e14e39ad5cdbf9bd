package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The request of a watch: which changes the client gets.
 *
 * @param since the revision after which to begin; absent to begin with everything there is
 * @param initialEventsEnd whether a bookmark marks the end of what there was
 */
record WatchRequest(
        ResourceType type,
        String namespace,
        Predicate<JsonNode> selector,
        Optional<Long> since,
        boolean bookmarks,
        boolean initialEventsEnd) {

    /** An API server keeps no watch cache of Events, and sends no bookmarks to who watches them. */
    private static final String WITHOUT_WATCH_CACHE = "Event";

    static WatchRequest of(ResourcePath path, Query query) {
        Predicate<JsonNode> selector = Selection.of(path.type(), query);
        if (path.name().isPresent()) {
            String name = path.name().get();
            selector = selector.and(object -> Metadata.name(object).equals(name));
        }
        boolean initialEvents = query.isTrue("sendInitialEvents");
        Optional<Long> since = query.get("resourceVersion")
                .map(WatchRequest::revision)
                .filter(revision -> revision > 0 && !initialEvents);
        return new WatchRequest(
                path.type(),
                path.namespace().orElse(""),
                selector,
                since,
                query.isTrue("allowWatchBookmarks") && !path.type().kind().equals(WITHOUT_WATCH_CACHE),
                initialEvents);
    }

    private static long revision(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest("invalid resource version \"" + text + "\"");
        }
    }

    boolean isAbout(ObjectKey key) {
        return key.type().equals(type) && (namespace.isEmpty() || namespace.equals(key.namespace()));
    }
}
