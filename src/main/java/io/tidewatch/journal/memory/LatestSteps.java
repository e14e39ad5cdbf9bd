package io.tidewatch.journal.memory;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.Scope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The latest steps of all targets. Not safe for use by several threads. */
final class LatestSteps {

    private final NavigableMap<Key, Step> steps = new TreeMap<>();

    private record Key(Instant patched, Target target) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::patched).thenComparing(Key::target);

        static Key of(Step step) {
            return new Key(step.times().patched(), step.target());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Adds a step, or completes the step of the same target and instant. */
    void put(Step step) {
        steps.merge(Key.of(step), step, LatestSteps::merged);
        if (steps.size() > Limits.STEPS_REMEMBERED) {
            steps.pollFirstEntry();
        }
    }

    /** Adds steps that were learned before those that are here. */
    void putOlder(List<Step> older) {
        List<Step> newer = List.copyOf(steps.values());
        steps.clear();
        older.forEach(this::put);
        newer.forEach(this::put);
    }

    /** The latest steps, the newest first. */
    List<Step> latest(Scope of, int most) {
        return steps.descendingMap().values().stream()
                .filter(step -> of.isOf(step.target()))
                .limit(most)
                .toList();
    }

    /** All steps, the oldest first. */
    List<Step> all() {
        return List.copyOf(steps.values());
    }

    /** As the table of steps in the file does: the first value of each field stays, and so does a verdict that is a problem. */
    private static Step merged(Step before, Step now) {
        Step.Times times = before.times();
        return before.with(times.withHpa(times.hpa().or(now.times()::hpa))
                        .withReady(times.ready().or(now.times()::ready)))
                .with(now.withVerdictAfter(before.verdict()).verdict());
    }
}
