package io.tidewatch.loop.apply;

import io.tidewatch.model.Target;
import io.tidewatch.plan.Busy;
import io.tidewatch.plan.Lane;
import io.tidewatch.plan.Lane.Line;
import io.tidewatch.plan.Turns;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The writes of one pass that wait to be sent, by line. Not safe from several threads: the stage that owns the slice is. */
final class Slice {

    /** A slice without writes and without time. */
    static final Slice OVER = new Slice(List.of(), 0, 0);

    private final Map<Line, Deque<Lane>> lines = new LinkedHashMap<>();
    private final long length;
    private final long endsAt;

    /**
     * @param length in nanoseconds
     * @param endsAt no answer is awaited after this time, of {@link System#nanoTime}
     */
    Slice(Collection<Lane> lanes, long length, long endsAt) {
        this.length = length;
        this.endsAt = endsAt;
        lanes.forEach(lane ->
                lines.computeIfAbsent(lane.line(), line -> new ArrayDeque<>()).addLast(lane));
    }

    long length() {
        return length;
    }

    long endsAt() {
        return endsAt;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    Set<Line> lines() {
        return lines.keySet();
    }

    Optional<Turns.Next> next(Turns turns, Busy busy) {
        return turns.next(lines.keySet(), busy);
    }

    /** Takes the first lane of a line that has one. */
    Lane take(Line line) {
        Deque<Lane> lanes = lines.get(line);
        if (lanes == null) {
            throw new IllegalArgumentException("no write waits in " + line);
        }
        Lane first = lanes.removeFirst();
        if (lanes.isEmpty()) {
            lines.remove(line);
        }
        return first;
    }

    /** Puts a lane first: a target with a write behind it continues before other targets begin. */
    void putBack(Lane lane) {
        lines.computeIfAbsent(lane.line(), line -> new ArrayDeque<>()).addFirst(lane);
    }

    /** The targets that still wait. */
    Set<Target> left() {
        return lines.values().stream()
                .flatMap(Deque::stream)
                .map(Lane::target)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
