package io.tidewatch.model.report;

import io.tidewatch.model.plan.Step;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What happened in an interval, as the journal has it. Each list holds the newest first.
 *
 * @param incidents that were open at any instant of it
 * @param lines of the diary
 * @param steps that were written in it
 * @param cut the lists that hold the newest alone, because there were more than were asked for
 */
public record PastEvents(List<Incident> incidents, List<DiaryEntry> lines, List<Step> steps, Set<Kind> cut) {

    public static final PastEvents NONE = new PastEvents(List.of(), List.of(), List.of());

    public PastEvents {
        incidents = List.copyOf(incidents);
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
        cut = cut.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(cut));
    }

    /** All that happened. */
    public PastEvents(List<Incident> incidents, List<DiaryEntry> lines, List<Step> steps) {
        this(incidents, lines, steps, Set.of());
    }

    /** What a list holds. */
    public enum Kind {
        INCIDENTS("incidents"),
        LINES("lines of the diary"),
        STEPS("steps");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String words() {
            return words;
        }
    }

    /**
     * The same with no more rows than this in each list.
     *
     * @param most of each list
     */
    public PastEvents first(int most) {
        Set<Kind> more = EnumSet.noneOf(Kind.class);
        return new PastEvents(
                first(incidents, most, Kind.INCIDENTS, more),
                first(lines, most, Kind.LINES, more),
                first(steps, most, Kind.STEPS, more),
                more);
    }

    private static <T> List<T> first(List<T> rows, int most, Kind kind, Set<Kind> more) {
        if (rows.size() <= most) {
            return rows;
        }
        more.add(kind);
        return rows.subList(0, most);
    }
}
