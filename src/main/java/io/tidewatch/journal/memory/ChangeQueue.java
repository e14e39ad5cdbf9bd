package io.tidewatch.journal.memory;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.NumberedChange;
import io.tidewatch.model.Limits;
import io.tidewatch.model.report.AlertMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes that are in memory and not yet in the journal's file, in their order. It is bounded by {@link Limits}: a change
 * for which there is no room drops the oldest diagnoses, then the oldest change, of those that are not being written. Not safe for use by several threads.
 */
final class ChangeQueue {

    /** Changes in one transaction. */
    private static final int BATCH = 1_000;

    /** Characters of text in one transaction, about. */
    private static final long BATCH_SIZE = 1L << 20;

    private final Deque<NumberedChange> batch = new ArrayDeque<>();
    private final Deque<NumberedChange> waiting = new ArrayDeque<>();

    /** The number of the change by which a message is written, by the message's id. */
    private final Map<String, Long> writtenBy = new HashMap<>();

    private long size;
    private long added;
    private int lostLines;
    private boolean gap;

    /** @return the number of this change */
    long add(Change change) {
        added++;
        waiting.add(new NumberedChange(added, change));
        size += change.size();
        if (change instanceof Change.Reported reported) {
            reported.messages().forEach(message -> writtenBy.put(message.id(), added));
        } else if (change instanceof Change.Acknowledged acknowledged) {
            writtenBy.remove(acknowledged.message());
        }
        while (!waiting.isEmpty() && (count() > Limits.CHANGES_WAITING || size > Limits.CHANGES_WAITING_SIZE)) {
            drop();
        }
        return added;
    }

    /** The oldest diagnoses go first; without them the file still agrees with memory. Where there are none, the oldest change goes. */
    private void drop() {
        Iterator<NumberedChange> oldest = waiting.iterator();
        while (oldest.hasNext()) {
            Change change = oldest.next().change();
            if (change.isOfDiagnosesAlone()) {
                oldest.remove();
                lose(change);
                return;
            }
        }
        lose(waiting.removeFirst().change());
        gap = true;
    }

    private void lose(Change dropped) {
        size -= dropped.size();
        lostLines += dropped.lines();
    }

    /** Which messages were accepted, of all that waits. */
    List<Change.Acknowledged> accepted() {
        return waiting.stream()
                .map(NumberedChange::change)
                .filter(Change.Acknowledged.class::isInstance)
                .map(Change.Acknowledged.class::cast)
                .toList();
    }

    /** Drops these changes, which are written. */
    void remove(List<? extends Change> written) {
        waiting.removeIf(next -> written.contains(next.change()));
        size = waiting.stream().mapToLong(next -> next.change().size()).sum();
    }

    /** Drops everything except which messages were accepted; not to be called while a batch is written. */
    void keepAccepted() {
        List<NumberedChange> dropped = waiting.stream()
                .filter(next -> !(next.change() instanceof Change.Acknowledged))
                .toList();
        dropped.forEach(next -> lose(next.change()));
        waiting.removeAll(dropped);
        gap = false;
    }

    /** How many changes are not in the file. */
    int count() {
        return batch.size() + waiting.size();
    }

    /** The changes to write next, in one transaction; until they are {@link #written} or {@link #putBack}, none is dropped. */
    List<NumberedChange> nextBatch() {
        long batchSize = 0;
        while (!waiting.isEmpty() && batch.size() < BATCH && (batch.isEmpty() || batchSize < BATCH_SIZE)) {
            NumberedChange next = waiting.removeFirst();
            batch.add(next);
            batchSize += next.change().size();
        }
        return List.copyOf(batch);
    }

    /** The batch is in the file. */
    void written() {
        batch.forEach(next -> size -= next.change().size());
        batch.clear();
        if (waiting.isEmpty()) {
            writtenBy.clear();
        }
    }

    /** The batch could not be written: its changes wait again, before all others. */
    void putBack() {
        while (!batch.isEmpty()) {
            waiting.addFirst(batch.removeLast());
        }
    }

    /** The messages that are not in the file. */
    Set<String> unwrittenMessages() {
        return Stream.concat(batch.stream(), waiting.stream())
                .map(NumberedChange::change)
                .filter(Change.Reported.class::isInstance)
                .flatMap(change -> ((Change.Reported) change).messages().stream())
                .map(AlertMessage::id)
                .collect(Collectors.toSet());
    }

    /** Whether this change is in the file, or was dropped. */
    boolean isWritten(long number) {
        NumberedChange first = batch.isEmpty() ? waiting.peekFirst() : batch.peekFirst();
        return first == null || number < first.number();
    }

    /** Whether the change by which this message is written is in the file, or was dropped. */
    boolean isWritten(String message) {
        return isWritten(writtenBy.getOrDefault(message, 0L));
    }

    /** Whether a change was dropped, so that the file lacks something until the file is made to agree with memory. */
    boolean hasGap() {
        return gap;
    }

    /** All that memory knows at this moment will be written. */
    void closeGap() {
        gap = false;
    }

    /** How many lines and steps were dropped since this was last called. */
    int takeLostLines() {
        int lines = lostLines;
        lostLines = 0;
        return lines;
    }
}
