package io.tidewatch.loop.outbox;

import io.tidewatch.alert.DeliveryBackoff;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ends of what this process alone told receivers of, before another one took over. They are in no journal, and are sent whoever leads, until
 * they are accepted or this process ends. Not safe from several threads: the stage that owns them is.
 */
final class Farewells {

    private final Map<String, DueMessage> waiting = new LinkedHashMap<>();

    void add(List<AlertMessage> messages) {
        messages.forEach(message -> waiting.putIfAbsent(message.id(), new DueMessage(message, 0)));
    }

    boolean has(DueMessage due) {
        return waiting.containsKey(due.message().id());
    }

    /**
     * One to each receiver.
     *
     * @param busy receivers that get no message now
     */
    List<DueMessage> due(Instant now, Set<String> busy) {
        Set<String> taken = new HashSet<>(busy);
        List<DueMessage> due = new ArrayList<>();
        for (DueMessage one : waiting.values()) {
            if (!one.message().due().isAfter(now) && taken.add(one.message().receiver())) {
                due.add(one);
            }
        }
        return due;
    }

    Optional<Instant> nextDue(Set<String> busy) {
        return waiting.values().stream()
                .map(DueMessage::message)
                .filter(message -> !busy.contains(message.receiver()))
                .map(AlertMessage::due)
                .min(Instant::compareTo);
    }

    void acknowledged(DueMessage due) {
        waiting.remove(due.message().id());
    }

    /** @return the instant of the next attempt */
    Instant failed(DueMessage due, Instant now) {
        int attempts = due.attempts() + 1;
        Instant next = DeliveryBackoff.next(due.message().id(), attempts, now);
        waiting.computeIfPresent(
                due.message().id(), (id, one) -> new DueMessage(one.message().due(next), attempts));
        return next;
    }
}
