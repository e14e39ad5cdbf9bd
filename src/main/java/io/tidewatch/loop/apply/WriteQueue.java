package io.tidewatch.loop.apply;

import io.tidewatch.model.Target;
import io.tidewatch.plan.Busy;
import io.tidewatch.plan.Lane;
import io.tidewatch.plan.Turns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the next write of a slice, and knows which writes are under way. A write may outlast its slice. Times are of
 * {@link System#nanoTime}. Not safe from several threads: the stage that owns the queue is.
 */
final class WriteQueue {

    /** Of a slice, at least: what it keeps for answers. */
    private static final int SHORTEST_REST = 8;

    private final int places;
    private final int sources;
    private final Map<Target, WriteInFlight> underWay = new LinkedHashMap<>();
    private final Map<Target, Long> attempts = new HashMap<>();
    private final SlowNamespaces slow = new SlowNamespaces();
    private Turns turns = Turns.NONE;
    private Slice slice = Slice.OVER;

    /** How long the slowest answer of the slice took; 0 while none has come. */
    private long slowest;

    /** The same of the slice before; where none came, nothing is known of how long the next takes. */
    private long slowestBefore = Long.MAX_VALUE;

    /**
     * @param places how many writes may be under way at one time
     * @param sources how many sources there are
     */
    WriteQueue(int places, int sources) {
        this.places = places;
        this.sources = sources;
    }

    Optional<WriteInFlight> underWay(Target target) {
        return Optional.ofNullable(underWay.get(target));
    }

    /** Whether a write to the target was sent, or is about to be, since the target was planned first. */
    boolean isTried(Target target) {
        return attempts.containsKey(target);
    }

    /** Forgets the attempts of targets for which nothing is planned. */
    void retain(Set<Target> planned) {
        attempts.keySet().retainAll(planned);
    }

    /** Begins a slice with these lanes. Its end is kept for answers: see {@link #timeToSend}. */
    void begin(List<Lane> lanes, long now, long length) {
        if (!lanes.isEmpty()) {
            slowestBefore = slowest > 0 ? slowest : Long.MAX_VALUE;
            slowest = 0;
        }
        slice = lanes.isEmpty() ? Slice.OVER : new Slice(Lane.inOrder(lanes, attempts), length, now + length);
        turns = turns.among(slice.lines());
    }

    boolean isEmpty() {
        return slice.isEmpty();
    }

    /**
     * How long writes may still be sent; zero or negative once they may not. Twice what the slowest answer took lately is kept for
     * answers: half of the slice at most and where nothing is known, an eighth at least.
     */
    long timeToSend(long now) {
        long rest = Math.min(slice.length() / 2, 2 * Math.min(slowestOf(now), slice.length()));
        return slice.endsAt() - Math.max(slice.length() / SHORTEST_REST, rest) - now;
    }

    /** Of the last slice and of this one, with what has not been answered yet. The wait for a turn counts. */
    private long slowestOf(long now) {
        long longest = Math.max(slowest, slowestBefore);
        for (WriteInFlight write : underWay.values()) {
            if (isOfThisSlice(write)) {
                longest = Math.max(longest, now - write.chosenAt());
            }
        }
        return longest;
    }

    /** How long answers may still be awaited; zero or negative once they may not. */
    long timeToEnd(long now) {
        return slice.endsAt() - now;
    }

    /** Whether another write may follow in this slice: one waits, or its target waits for an answer. */
    boolean mayFollow(long now) {
        return timeToSend(now) > 0 && (!slice.isEmpty() || comesBack());
    }

    private boolean comesBack() {
        return underWay.values().stream()
                .anyMatch(write -> isOfThisSlice(write) && write.lane().rest().isPresent());
    }

    /** Whether a write may be chosen now: a line waits that finds a place. */
    boolean isReady(long now) {
        return slice.next(turns, busy(now)).isPresent();
    }

    /** Chooses the next write; empty where no line finds a place. */
    Optional<WriteInFlight> take(long now) {
        return slice.next(turns, busy(now)).map(next -> {
            Lane lane = slice.take(next.line());
            turns = next.after();
            Optional<Long> triedBefore = Optional.ofNullable(attempts.put(lane.target(), turns.turn()));
            WriteInFlight chosen = new WriteInFlight(lane, slice, now, triedBefore);
            underWay.put(lane.target(), chosen);
            return chosen;
        });
    }

    private Busy busy(long now) {
        return Busy.of(
                places,
                sources,
                underWay.values().stream().map(write -> write.lane().line()).toList(),
                slow.now(underWay.values(), now));
    }

    /**
     * A write was answered; the rest of its lane waits again.
     *
     * @return whether the slice of the write has not ended
     */
    boolean answered(WriteInFlight write, long now) {
        underWay.remove(write.lane().target());
        slow.answered(write, now);
        if (!isOfThisSlice(write)) {
            return false;
        }
        slowest = Math.max(slowest, now - write.chosenAt());
        write.lane().rest().ifPresent(slice::putBack);
        return true;
    }

    /** Whether the slice should wait for an answer. It waits for no answer from a slow namespace. */
    boolean isAnswerDue(long now) {
        Set<String> slowNow = slow.now(underWay.values(), now);
        return underWay.values().stream()
                .filter(this::isOfThisSlice)
                .anyMatch(write -> !write.isSent()
                        || !slowNow.contains(write.lane().target().namespace()));
    }

    /**
     * Takes back what was chosen and not sent. It waits again as it did before, and does not count as tried by this.
     *
     * @return the writes that were taken back
     */
    Collection<WriteInFlight> withdrawUnsent() {
        List<WriteInFlight> withdrawn = new ArrayList<>();
        for (WriteInFlight write : List.copyOf(underWay.values())) {
            if (write.withdraw()) {
                Target target = write.lane().target();
                underWay.remove(target);
                write.triedBefore().ifPresentOrElse(turn -> attempts.put(target, turn), () -> attempts.remove(target));
                withdrawn.add(write);
                if (isOfThisSlice(write)) {
                    slice.putBack(write.lane());
                }
            }
        }
        return withdrawn;
    }

    /**
     * Ends the slice.
     *
     * @return the targets that still wait
     */
    Set<Target> end() {
        Set<Target> left = slice.left();
        slice = Slice.OVER;
        return left;
    }

    @SuppressWarnings("ReferenceEquality") // two slices with the same lanes are two slices
    private boolean isOfThisSlice(WriteInFlight write) {
        return write.slice() == slice;
    }
}
