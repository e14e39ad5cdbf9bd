package io.tidewatch.playground.api;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests and how they were answered, oldest first, for tests that count them. */
public final class RequestLog {

    /**
     * One answered request.
     *
     * @param at when it was carried out, by the server's clock; a delayed answer comes later
     * @param verb as in RBAC: get, list, watch, create, update, patch, delete, deletecollection
     * @param path without the query
     * @param contentType of the body, empty without one
     * @param code of the answer; 101 for a watch that was opened
     */
    public record Entry(
            Instant at,
            String verb,
            String path,
            String contentType,
            int code,
            boolean dryRun,
            String userAgent,
            String query) {}

    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();

    RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
    }
}
