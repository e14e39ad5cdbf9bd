package io.tidewatch.view.night;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.text.IncidentText;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.calendar.CalendarRow;
import io.tidewatch.view.calendar.CalendarRows;
import io.tidewatch.view.detail.NightRows;
import io.tidewatch.view.detail.Punctuality;
import io.tidewatch.view.detail.TargetView.NightRow;
import io.tidewatch.view.incident.IncidentLine;
import io.tidewatch.view.tonight.Lane.MarkKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happened to the targets of one source in one night.
 *
 * @param written when this was put together; what happened later is not in it
 * @param windows what its schedules planned, by those in force when this was put together
 * @param steps those that were written in the night, in their order
 * @param late those that broke their promise, with the cause; of too many, first those that are not reached yet
 * @param incidents those that were open at any instant of the night, in their order; of too many, first those that are still open
 * @param remedies what Tidewatch did about trouble
 * @param changes objects that were applied from Git, and updates of workloads
 * @param commits of the source that came into force
 * @param punctuality of all steps, also of those that are left out
 * @param leftOut how many steps are not listed, because there are too many
 * @param cut of what the journal has more than was read, so that it is neither listed nor counted
 * @param watched whether the journal has anything of the night, of whatever target: Tidewatch was there
 */
public record NightReport(
        String source,
        NightSpan night,
        Clocks clocks,
        Instant written,
        List<CalendarRow> windows,
        List<StepRow> steps,
        List<Late> late,
        List<Told> incidents,
        List<Line> remedies,
        List<Line> changes,
        List<Line> commits,
        Punctuality punctuality,
        int leftOut,
        List<String> cut,
        boolean watched) {

    /** How long after a night its last steps may be superseded or finished, so that their result is known. */
    public static final Duration AFTER = Duration.ofHours(6);

    /** Rows of one list on a page. */
    static final int MOST_ROWS = 500;

    private static final Comparator<StepRow> BY_TIME =
            Comparator.comparing((StepRow step) -> step.row().scheduled()).thenComparing(StepRow::target);

    private static final String OPENED = "incident-opened";

    public NightReport {
        windows = List.copyOf(windows);
        steps = List.copyOf(steps);
        late = List.copyOf(late);
        incidents = List.copyOf(incidents);
        remedies = List.copyOf(remedies);
        changes = List.copyOf(changes);
        commits = List.copyOf(commits);
        cut = List.copyOf(cut);
    }

    /**
     * A step of a target.
     *
     * @param until when it was reached, else when the next step came; absent while neither has happened
     * @param isOnItsWay whether it is not reached yet and still in time
     */
    public record StepRow(Target target, NightRow row, Optional<Instant> until, boolean isOnItsWay) {

        private static StepRow of(NightRow row, Step step, Optional<Instant> next, Instant now) {
            Optional<Instant> reached = step.promise()
                    .flatMap(promise -> promise.reached(step.times()))
                    .filter(at -> !at.isAfter(now));
            return new StepRow(
                    step.target(),
                    row,
                    reached.or(() -> next),
                    step.promise().isPresent() && row.result().isEmpty());
        }

        /** Whether its lateness is known, or can never be. */
        private boolean isOver() {
            return row.lateness().isPresent() || row.result().equals("failed");
        }

        /** Late ones come first, and those that may become late. */
        private int rank() {
            return Punctuality.isMissed(row) ? 0 : isOnItsWay ? 1 : 2;
        }
    }

    /**
     * A step that broke its promise.
     *
     * @param why the incident that was open meanwhile; absent where there was none
     */
    public record Late(StepRow step, Optional<Told> why) {}

    /**
     * An incident.
     *
     * @param beginning what was wrong when it opened; its summary tells the end once it has ended
     */
    public record Told(IncidentLine line, String beginning) {

        private boolean isOver() {
            return line.ended().isPresent();
        }
    }

    /** Something that happened, in words. */
    public record Line(Instant at, String text) {}

    /**
     * What is known of a night.
     *
     * @param source its name
     * @param plan of its schedules; absent for a night that lies further back
     * @param events from the beginning of the night to {@link #AFTER} its end, as far as that has passed
     */
    public record Known(String source, Optional<CalendarRows> plan, PastEvents events) {}

    /**
     * @param belongs whether a target is one of the source's
     * @param now what happened later is not known
     */
    public static NightReport of(Known known, Predicate<Target> belongs, NightSpan night, Clocks clocks, Instant now) {
        PastEvents events = known.events();
        List<StepRow> steps = steps(events.steps(), belongs, night, clocks, now);
        Map<Opening, String> beginnings = beginnings(events.lines());
        List<Told> incidents = events.incidents().stream()
                .filter(one -> belongs.test(one.target())
                        && one.opened().isBefore(night.to())
                        && one.ended().filter(end -> end.isBefore(night.from())).isEmpty())
                .sorted(Comparator.comparing(Incident::opened))
                .map(one -> new Told(IncidentLine.of(one, now), beginning(one, beginnings)))
                .toList();
        List<Late> late = steps.stream()
                .filter(step -> Punctuality.isMissed(step.row()))
                .sorted(Comparator.comparing(StepRow::isOver))
                .limit(MOST_ROWS)
                .sorted(BY_TIME)
                .map(step -> new Late(step, why(step, incidents)))
                .toList();
        List<StepRow> listed = listed(steps);
        return new NightReport(
                known.source(),
                night,
                clocks,
                now,
                known.plan().map(CalendarRows::rows).orElse(List.of()).stream()
                        .limit(MOST_ROWS)
                        .toList(),
                listed,
                late,
                incidents.stream()
                        .sorted(Comparator.comparing(Told::isOver))
                        .limit(MOST_ROWS)
                        .sorted(Comparator.comparing(one -> one.line().opened()))
                        .toList(),
                lines(events.lines(), belongs, night, MarkKind.REMEDY, MarkKind.CURED),
                lines(events.lines(), belongs, night, MarkKind.ROLLOUT),
                commits(known.source(), events.lines(), night),
                Punctuality.of(steps.stream().map(StepRow::row).toList()),
                steps.size() - listed.size(),
                events.cut().stream().map(PastEvents.Kind::words).sorted().toList(),
                watched(events, night));
    }

    private static boolean watched(PastEvents events, NightSpan night) {
        return Stream.of(
                        events.lines().stream().map(DiaryEntry::at),
                        events.steps().stream().map(step -> step.times().patched()),
                        events.incidents().stream().map(Incident::opened))
                .flatMap(Function.identity())
                .anyMatch(at -> at.isBefore(night.to()));
    }

    private static List<StepRow> steps(
            List<Step> steps, Predicate<Target> belongs, NightSpan night, Clocks clocks, Instant now) {
        Map<Target, List<Step>> byTarget = steps.stream()
                .filter(step -> belongs.test(step.target()))
                .sorted(Comparator.comparing((Step step) -> step.times().patched())
                        .reversed())
                .collect(Collectors.groupingBy(Step::target));
        List<StepRow> rows = new ArrayList<>();
        byTarget.forEach((target, of) -> {
            List<NightRow> all = NightRows.of(of, clocks, now, of.size());
            List<Step> known = of.stream()
                    .filter(step -> !step.times().patched().isAfter(now))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                if (night.holds(known.get(i).times().patched())) {
                    Optional<Instant> next = i == 0
                            ? Optional.empty()
                            : Optional.of(known.get(i - 1).times().patched());
                    rows.add(StepRow.of(all.get(i), known.get(i), next, now));
                }
            }
        });
        rows.sort(BY_TIME);
        return rows;
    }

    /** Where there are too many, those that were on time are left out first. */
    private static List<StepRow> listed(List<StepRow> steps) {
        return steps.stream()
                .sorted(Comparator.comparing(StepRow::rank))
                .limit(MOST_ROWS)
                .sorted(BY_TIME)
                .toList();
    }

    /** The first incident of the target that was open while the step was not reached; a warning from before counts where there is no other. */
    private static Optional<Told> why(StepRow step, List<Told> incidents) {
        return incidents.stream()
                .filter(one -> one.line().target().equals(step.target().toString()))
                .filter(one -> one.line()
                        .ended()
                        .filter(end -> end.isBefore(step.row().scheduled()))
                        .isEmpty())
                .filter(one -> step.until().filter(one.line().opened()::isAfter).isEmpty())
                .min(Comparator.comparing(one -> one.line().state() == State.WAITING ? 1 : 0));
    }

    /** An incident, as the diary names it. */
    private record Opening(Instant at, Target target) {}

    private static Map<Opening, String> beginnings(List<DiaryEntry> lines) {
        return lines.stream()
                .filter(line -> line.code().equals(OPENED) && line.target().isPresent())
                .collect(Collectors.toMap(
                        line -> new Opening(line.at(), line.target().orElseThrow()),
                        DiaryEntry::text,
                        (newer, older) -> newer));
    }

    /** The diary says how it began, where the journal still has that line. */
    private static String beginning(Incident incident, Map<Opening, String> beginnings) {
        return Optional.ofNullable(beginnings.get(new Opening(incident.opened(), incident.target())))
                .map(text -> text.startsWith(IncidentText.opened(""))
                        ? text.substring(IncidentText.opened("").length())
                        : text)
                .orElse(incident.ended().isEmpty() ? incident.summary() : "");
    }

    private static List<Line> lines(
            List<DiaryEntry> lines, Predicate<Target> belongs, NightSpan night, MarkKind... kinds) {
        List<MarkKind> wanted = List.of(kinds);
        return lines.stream()
                .filter(line -> line.target().filter(belongs).isPresent() && night.holds(line.at()))
                .filter(line ->
                        MarkKind.of(line.code()).filter(wanted::contains).isPresent())
                .sorted(Comparator.comparing(DiaryEntry::at))
                .limit(MOST_ROWS)
                .map(line -> new Line(line.at(), line.target().orElseThrow() + ": " + line.text()))
                .toList();
    }

    private static List<Line> commits(String source, List<DiaryEntry> lines, NightSpan night) {
        return lines.stream()
                .filter(line -> line.code().equals(DiaryEntry.COMMIT_READ) && night.holds(line.at()))
                .filter(line -> isOf(source, line.text()))
                .sorted(Comparator.comparing(DiaryEntry::at))
                .limit(MOST_ROWS)
                .map(line -> new Line(line.at(), line.text()))
                .toList();
    }

    /** The line is {@code commit ID of SOURCE (AUTHOR): SUBJECT}. */
    private static boolean isOf(String source, String line) {
        int afterId = line.indexOf(' ', line.indexOf(' ') + 1);
        return afterId >= 0 && line.startsWith(" of " + source + " (", afterId);
    }

    /** Whether nothing happened. */
    public boolean isQuiet() {
        return steps.isEmpty() && incidents.isEmpty() && remedies.isEmpty() && changes.isEmpty() && commits.isEmpty();
    }

    /** Whether a list has as many rows as it may, so that more may have been left out. */
    boolean isFull() {
        return Stream.of(windows, late, incidents, remedies, changes, commits)
                .anyMatch(list -> list.size() == MOST_ROWS);
    }

    /** Whether nothing of it can end later than it was written. */
    public boolean isOver() {
        return incidents.stream().allMatch(Told::isOver)
                && steps.stream().noneMatch(StepRow::isOnItsWay)
                && late.stream().map(Late::step).allMatch(StepRow::isOver);
    }
}
