package io.tidewatch.journal.content;

import io.tidewatch.model.Limits;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of the diary about messages that are never sent. */
public final class DroppedMessages {

    /** Receivers that the line names, those with the most dropped messages first. */
    static final int NAMED = 10;

    private DroppedMessages() {}

    /**
     * The line about messages of which too many wait for their receivers.
     *
     * @param byReceiver the number of dropped messages of each receiver; at least one receiver
     */
    public static DiaryEntry of(Instant now, Map<String, Integer> byReceiver) {
        int all = all(byReceiver);
        return line(
                now,
                all + (all == 1 ? " message that nobody took is" : " messages that nobody took are")
                        + " given up, the oldest first: " + names(byReceiver) + "; at most " + Limits.MESSAGES_WAITING
                        + " messages, or " + (Limits.MESSAGES_WAITING_SIZE >> 20) + " MiB of their texts, wait");
    }

    /**
     * The line about messages that another process sends in place of this one.
     *
     * @param byReceiver the number of dropped messages of each receiver; at least one receiver
     * @param leader the other process
     */
    public static DiaryEntry untold(Instant now, Map<String, Integer> byReceiver, String leader) {
        int all = all(byReceiver);
        return line(
                now,
                all + (all == 1 ? " message that was not sent is" : " messages that were not sent are") + " given up: "
                        + names(byReceiver) + "; " + leader
                        + " leads, and reports what is open from a journal of its own");
    }

    private static DiaryEntry line(Instant now, String text) {
        return new DiaryEntry(now, Optional.empty(), DiaryEntry.MESSAGES_GIVEN_UP, text);
    }

    private static int all(Map<String, Integer> byReceiver) {
        return byReceiver.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String names(Map<String, Integer> byReceiver) {
        String names = byReceiver.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(receiver -> receiver.getValue() + " to " + receiver.getKey())
                .collect(Collectors.joining(", "));
        int others = byReceiver.size() - NAMED;
        return names + (others > 0 ? " and to " + others + " more receivers" : "");
    }
}
