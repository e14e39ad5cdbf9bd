package io.tidewatch.view.night;

import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.PastEvents.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a night of many targets from the journal, which answers with a bounded number of rows, the newest: again and again, further back. */
public final class NightEvents {

    /** Answers that are put together; with 5,000 rows in each, a night of 10,000 targets with three steps. */
    static final int MOST_ANSWERS = 8;

    /** Not shorter than what the journal tells apart. */
    private static final Duration TICK = Duration.ofMillis(1);

    private final Set<Incident> incidents = new LinkedHashSet<>();
    private final Set<DiaryEntry> lines = new LinkedHashSet<>();
    private final Set<Step> steps = new LinkedHashSet<>();

    private NightEvents() {}

    /** The journal. */
    @FunctionalInterface
    public interface Journal {

        /**
         * What happened from an instant, inclusive, to another, exclusive.
         *
         * @return empty where it cannot be read now
         */
        Optional<PastEvents> events(Instant from, Instant to);
    }

    /** Everything of the interval, as far as {@link #MOST_ANSWERS} hold it; empty where the journal cannot be read now. */
    public static Optional<PastEvents> read(Journal journal, Instant from, Instant to) {
        NightEvents all = new NightEvents();
        Set<Kind> cut = Set.of();
        Instant end = to;
        for (int answers = 0; answers < MOST_ANSWERS; answers++) {
            Optional<PastEvents> answer = journal.events(from, end);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            all.add(answer.get());
            cut = answer.get().cut();
            Optional<Instant> next = next(answer.get()).filter(end::isAfter);
            if (next.isEmpty()) {
                break;
            }
            end = next.get();
        }
        return Optional.of(
                new PastEvents(List.copyOf(all.incidents), List.copyOf(all.lines), List.copyOf(all.steps), cut));
    }

    private void add(PastEvents answer) {
        incidents.addAll(answer.incidents());
        lines.addAll(answer.lines());
        steps.addAll(answer.steps());
    }

    /** Where the next answer has to end so that no list has a gap; absent where there is nothing before. */
    private static Optional<Instant> next(PastEvents answer) {
        return Stream.of(
                        oldest(answer, Kind.INCIDENTS, answer.incidents(), Incident::opened),
                        oldest(answer, Kind.LINES, answer.lines(), DiaryEntry::at),
                        oldest(
                                answer,
                                Kind.STEPS,
                                answer.steps(),
                                step -> step.times().patched()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(oldest -> oldest.plus(TICK));
    }

    private static <T> Optional<Instant> oldest(PastEvents answer, Kind kind, List<T> rows, Function<T, Instant> at) {
        return answer.cut().contains(kind) ? rows.stream().map(at).min(Comparator.naturalOrder()) : Optional.empty();
    }
}
