package io.tidewatch.journal.content;

import io.tidewatch.model.Limits;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The line of the diary about messages that are never sent, because too many wait for their receivers. */
public final class DroppedMessages {

    /** Receivers that the line names, those with the most dropped messages first. */
    static final int NAMED = 10;

    private DroppedMessages() {}

    /** @param byReceiver the number of dropped messages of each receiver; at least one receiver */
    public static DiaryEntry of(Instant now, Map<String, Integer> byReceiver) {
        int all = byReceiver.values().stream().mapToInt(Integer::intValue).sum();
        String names = byReceiver.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(receiver -> receiver.getValue() + " to " + receiver.getKey())
                .collect(Collectors.joining(", "));
        int others = byReceiver.size() - NAMED;
        return new DiaryEntry(
                now,
                Optional.empty(),
                DiaryEntry.MESSAGES_GIVEN_UP,
                all + (all == 1 ? " message that nobody took is" : " messages that nobody took are")
                        + " given up, the oldest first: " + names
                        + (others > 0 ? " and to " + others + " more receivers" : "")
                        + "; at most " + Limits.MESSAGES_WAITING + " messages, or "
                        + (Limits.MESSAGES_WAITING_SIZE >> 20)
                        + " MiB of their texts, wait");
    }
}
