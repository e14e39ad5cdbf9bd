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

/** What one pass has to write and has not sent yet. Not safe from several threads: the stage that owns it is. */
final class Slice {

    /** Nothing waits, and no time is left. */
    static final Slice OVER = new Slice(List.of(), 0, 0);

    private final Map<Line, Deque<Lane>> lines = new LinkedHashMap<>();
    private final long sendsUntil;
    private final long endsAt;

    /**
     * @param sendsUntil after it nothing more is sent; of {@link System#nanoTime}
     * @param endsAt after it no answer is waited for; of {@link System#nanoTime}
     */
    Slice(Collection<Lane> lanes, long sendsUntil, long endsAt) {
        this.sendsUntil = sendsUntil;
        this.endsAt = endsAt;
        lanes.forEach(lane ->
                lines.computeIfAbsent(lane.line(), line -> new ArrayDeque<>()).addLast(lane));
    }

    long sendsUntil() {
        return sendsUntil;
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

    /** Takes the first lane of a line in which one waits. */
    Lane take(Line line) {
        Deque<Lane> lanes = lines.get(line);
        if (lanes == null) {
            throw new IllegalArgumentException("nobody waits in " + line);
        }
        Lane first = lanes.removeFirst();
        if (lanes.isEmpty()) {
            lines.remove(line);
        }
        return first;
    }

    /** One that was begun goes on before others begin. */
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
