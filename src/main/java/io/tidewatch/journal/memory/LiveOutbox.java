package io.tidewatch.journal.memory;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.model.Limits;
import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that no receiver has accepted, the first messages about open incidents, and the ids of the messages that were
 * acknowledged last. Not safe for use by several threads.
 */
final class LiveOutbox {

    private final Map<String, OutboxEntry> messages = new LinkedHashMap<>();
    private final RecentIds acknowledged = new RecentIds();
    private int waiting;
    private long waitingSize;

    /** Adds a message, or replaces a message with the same id that was not handed out yet. */
    void add(AlertMessage message) {
        OutboxEntry before = messages.get(message.id());
        if (before == null && !acknowledged.contains(message.id())) {
            put(OutboxEntry.of(message));
        } else if (before != null && before.isWaiting() && before.handedOutAt().isEmpty()) {
            put(before.replacedBy(message));
        }
    }

    /** Adds entries of the file, which are older than those that are here. */
    void addOlder(List<OutboxEntry> older, List<String> acknowledgedIds) {
        List<OutboxEntry> newer = all();
        messages.clear();
        waiting = 0;
        waitingSize = 0;
        acknowledgedIds.forEach(acknowledged::add);
        older.forEach(this::put);
        newer.stream()
                .filter(entry -> !knowsAsAcknowledged(entry) || !entry.isWaiting())
                .forEach(this::put);
    }

    private boolean knowsAsAcknowledged(OutboxEntry entry) {
        return acknowledged.contains(entry.message().id());
    }

    void handedOut(List<String> ids, Instant at) {
        ids.forEach(id -> messages.computeIfPresent(id, (same, entry) -> entry.handedOut(at)));
    }

    /** @return whether the message waited until now */
    boolean acknowledged(String id, Instant at) {
        acknowledged.add(id);
        OutboxEntry entry = messages.get(id);
        if (entry == null || !entry.isWaiting()) {
            return false;
        }
        put(entry.acknowledged(at));
        return true;
    }

    void failed(String id, Instant nextAttempt, String error) {
        OutboxEntry entry = messages.get(id);
        if (entry != null && entry.isWaiting()) {
            put(entry.failed(nextAttempt, error));
        }
    }

    /** Another process may be sending the message until then. */
    void putOff(String id, Instant until) {
        OutboxEntry entry = messages.get(id);
        if (entry != null && entry.isWaiting()) {
            put(entry.putOff(until));
        }
    }

    void drop(String id) {
        count(messages.remove(id), -1);
        acknowledged.add(id);
    }

    /** Removes the acknowledged messages that are not needed any more. */
    void prune(Predicate<OutboxEntry> needed) {
        messages.values().removeIf(entry -> !entry.isWaiting() && !needed.test(entry));
    }

    boolean knows(String id) {
        return messages.containsKey(id) || acknowledged.contains(id);
    }

    Stream<OutboxEntry> entries() {
        return messages.values().stream();
    }

    List<OutboxEntry> all() {
        return List.copyOf(messages.values());
    }

    Stream<OutboxEntry> waiting() {
        return entries().filter(OutboxEntry::isWaiting);
    }

    /** The messages to drop, so that the others are within the limits: the oldest of the receiver with the most messages first. */
    List<AlertMessage> beyondLimits() {
        Map<String, Deque<OutboxEntry>> byReceiver = new HashMap<>();
        if (isBeyondLimits(waiting, waitingSize)) {
            waiting()
                    .forEach(entry -> byReceiver
                            .computeIfAbsent(entry.message().receiver(), name -> new ArrayDeque<>())
                            .add(entry));
        }
        List<AlertMessage> beyond = new ArrayList<>();
        int count = waiting;
        long size = waitingSize;
        while (!byReceiver.isEmpty() && isBeyondLimits(count, size)) {
            Deque<OutboxEntry> most = Collections.max(byReceiver.values(), Comparator.comparingInt(Collection::size));
            OutboxEntry oldest = most.removeFirst();
            beyond.add(oldest.message());
            count--;
            size -= OutboxEntry.size(oldest.message());
            byReceiver.values().removeIf(Collection::isEmpty);
        }
        return List.copyOf(beyond);
    }

    private static boolean isBeyondLimits(int count, long size) {
        return count > Limits.MESSAGES_WAITING || size > Limits.MESSAGES_WAITING_SIZE;
    }

    /** See {@link io.tidewatch.journal.content.Records#due}; {@code maySend} decides whether a message may be sent yet. */
    List<DueMessage> due(Instant now, Predicate<AlertMessage> maySend) {
        Map<String, OutboxEntry> first = new LinkedHashMap<>();
        for (OutboxEntry entry : firstOfTheirConversations()) {
            AlertMessage message = entry.message();
            if (!message.due().isAfter(now) && maySend.test(message)) {
                first.merge(message.receiver(), entry, LiveOutbox::earlier);
            }
        }
        return first.values().stream()
                .sorted(Comparator.comparing(
                        (OutboxEntry entry) -> entry.message().due()))
                .map(entry -> new DueMessage(entry.message(), entry.attempts()))
                .toList();
    }

    private static OutboxEntry earlier(OutboxEntry first, OutboxEntry second) {
        return second.message().due().isBefore(first.message().due()) ? second : first;
    }

    Optional<Instant> nextDue(Set<String> busy) {
        return firstOfTheirConversations().stream()
                .map(OutboxEntry::message)
                .filter(message -> !busy.contains(message.receiver()))
                .map(AlertMessage::due)
                .min(Instant::compareTo);
    }

    private List<OutboxEntry> firstOfTheirConversations() {
        Set<List<String>> seen = new HashSet<>();
        return waiting()
                .filter(entry -> seen.add(
                        List.of(entry.message().conversation(), entry.message().receiver())))
                .toList();
    }

    private void put(OutboxEntry entry) {
        count(messages.put(entry.message().id(), entry), -1);
        count(entry, 1);
    }

    private void count(@Nullable OutboxEntry entry, int by) {
        if (entry != null && entry.isWaiting()) {
            waiting += by;
            waitingSize += by * OutboxEntry.size(entry.message());
        }
    }
}
