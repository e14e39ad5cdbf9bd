package io.tidewatch.view.tonight;

import io.tidewatch.model.Target;
import io.tidewatch.view.Mood;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One target on the first page.
 *
 * @param state the word of its state, with its cause
 * @param pods how many are available of how many, as {@code 5/7}
 * @param minimum the minimum, and the desired one where that differs
 * @param next what changes next; absent where nothing is known to
 * @param zone of its schedule, where it is not that of the axis
 * @param bars intervals, the windows first
 * @param marks instants, in their order
 */
public record Lane(
        Target target,
        Mood mood,
        String state,
        String pods,
        String minimum,
        Optional<String> window,
        Optional<Next> next,
        String message,
        Instant since,
        Optional<String> zone,
        List<Bar> bars,
        List<Mark> marks) {

    public Lane {
        bars = List.copyOf(bars);
        marks = List.copyOf(marks);
    }

    /** Everything that the lane shows, in words, in the order of its time. */
    public List<String> told() {
        return Stream.concat(
                        bars.stream().map(bar -> Map.entry(bar.from(), bar.text())),
                        marks.stream().map(mark -> Map.entry(mark.at(), mark.text())))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    /** A change ahead: when, and what. */
    public record Next(Instant at, String text) {}

    /** What an interval is. */
    public enum BarKind {
        WINDOW("window"),
        LEAD("lead"),
        LAG("lag"),
        INCIDENT("incident");

        private final String word;

        BarKind(String word) {
            this.word = word;
        }

        /** The word of JSON and of class names. */
        public String word() {
            return word;
        }
    }

    /**
     * An interval.
     *
     * @param future whether it lies ahead, at least in part
     * @param text what it is, in words
     * @param label a few characters that may stand in it
     */
    public record Bar(
            BarKind kind,
            Instant from,
            Instant to,
            String x,
            String width,
            boolean future,
            String text,
            String label) {}

    /** What an instant is. */
    public enum MarkKind {
        RAMP("ramp"),
        WRITE("write"),
        HPA("hpa"),
        READY("ready"),
        LATE("late"),
        REMEDY("remedy"),
        CURED("cured"),
        ROLLOUT("rollout");

        /** The codes of the diary that stand for a mark. */
        private static final Map<String, MarkKind> BY_CODE = Map.ofEntries(
                Map.entry("nudged", REMEDY),
                Map.entry("restarted", REMEDY),
                Map.entry("deadline-extended", REMEDY),
                Map.entry("status-cured", CURED),
                Map.entry("applied", ROLLOUT),
                Map.entry("update-finished", ROLLOUT),
                Map.entry("update-aborted", ROLLOUT),
                Map.entry("update-failed", ROLLOUT),
                Map.entry("update-paused", ROLLOUT),
                Map.entry("update-superseded", ROLLOUT),
                Map.entry("frozen", ROLLOUT));

        private final String word;

        MarkKind(String word) {
            this.word = word;
        }

        /** The word of JSON and of class names. */
        public String word() {
            return word;
        }

        /** What a line of the diary stands for; absent where its code stands for none. */
        public static Optional<MarkKind> of(String code) {
            return Optional.ofNullable(BY_CODE.get(code));
        }
    }

    /**
     * An instant.
     *
     * @param text what happened then, or will, in words
     */
    public record Mark(MarkKind kind, Instant at, String x, boolean future, String text) {}
}
