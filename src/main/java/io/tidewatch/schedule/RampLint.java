package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The warnings about ramps that have more steps than there is time for: another change comes before the last step, and begins another
 * ramp. Of several targets those with the lowest and the highest baseline are judged.
 */
final class RampLint {

    /** Of one window and for each baseline: as many as a year of nights has. Each change evaluates every window. */
    private static final int MOST_CHANGES = 800;

    private static final int FEWEST_CHANGES = 20;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    private final ScaleSchedule schedule;
    private final List<Change> changes = new ArrayList<>();
    private final List<Raise> raises = new ArrayList<>();

    /**
     * @param at when it begins, its lead and its ramp included
     * @param next when the next change begins
     */
    private record Change(Bounds before, Bounds after, Optional<String> window, Instant at, Instant next) {}

    /** From the baseline to a window. */
    private record Raise(String window, int from, int to, Ramp.Pace pace) {

        Duration length() {
            return pace.length(from, to).plus(pace.pause());
        }
    }

    /** @param baselines of the schedule's targets; absent: not known */
    RampLint(CompiledSchedule compiled, Set<Optional<Bounds>> baselines, Instant from) {
        this.schedule = compiled.schedule();
        if (!schedule.ramp().equals(Ramp.NONE)) {
            FreezeLint.ends(baselines).forEach(baseline -> add(compiled, baseline, from));
        }
    }

    private void add(CompiledSchedule compiled, Optional<Bounds> baseline, Instant from) {
        for (CompiledWindow window : compiled.windows()) {
            window.boundsFor(baseline)
                    .flatMap(to -> baseline.filter(usual -> to.min() > usual.min())
                            .flatMap(usual -> schedule.ramp()
                                    .up()
                                    .map(pace -> new Raise(window.window().name(), usual.min(), to.min(), pace))))
                    .ifPresent(raises::add);
        }
        Leads leads = new Leads(compiled, baseline);
        Instant end = from.plus(Lint.AHEAD);
        EffectiveBounds counting = compiled.at(from, baseline, leads);
        Optional<CompiledSchedule.Next> change = compiled.nextMinimum(from, counting, baseline, leads);
        int most = Math.max(
                FEWEST_CHANGES, MOST_CHANGES / Math.max(1, compiled.windows().size()));
        for (int i = 0;
                i < most && change.filter(next -> next.at().isBefore(end)).isPresent();
                i++) {
            CompiledSchedule.Next now = change.get();
            Optional<CompiledSchedule.Next> then = compiled.nextMinimum(now.at(), now.counting(), baseline, leads);
            Optional<Bounds> before = counting.bounds();
            Optional<Bounds> after = now.counting().bounds();
            if (then.isPresent() && before.isPresent() && after.isPresent()) {
                changes.add(new Change(
                        before.get(),
                        after.get(),
                        now.counting().name(),
                        now.at(),
                        then.get().at()));
            }
            counting = now.counting();
            change = then;
        }
    }

    /**
     * Warns of the ramp that misses the most steps.
     *
     * @param up whether of raises or of lowerings
     */
    Optional<String> neverEnding(boolean up) {
        return changes.stream()
                .filter(change -> up == (change.after().min() > change.before().min()))
                .filter(change -> missed(change) > 0)
                .reduce((most, next) -> missed(next) > missed(most) ? next : most)
                .flatMap(change -> pace(change).map(pace -> text(change, pace)));
    }

    /** Warns of the raise with the most steps, where they take longer than a ramp may begin before its window. */
    Optional<String> longerThanALead() {
        return raises.stream()
                .filter(raise -> raise.length().compareTo(Ramp.Pace.LONGEST_LEAD) > 0)
                .reduce((longest, next) -> next.length().compareTo(longest.length()) > 0 ? next : longest)
                .map(raise -> "the change from " + raise.from() + " to " + raise.to() + " (window " + raise.window()
                        + ") has " + raise.pace().steps(raise.from(), raise.to()) + " steps, one every "
                        + Durations.compact(raise.pace().pause()) + ": " + Durations.compact(raise.length())
                        + " in all. A ramp begins at most "
                        + Ramp.Pace.LONGEST_LEAD.toHours()
                        + "h before the start of its window, so the minimum is not reached by the start; write a larger step"
                        + " or a shorter pause");
    }

    private Optional<Ramp.Pace> pace(Change change) {
        return schedule.ramp().pace(change.before().min(), change.after().min());
    }

    private int missed(Change change) {
        return pace(change)
                .map(pace -> pace.steps(change.before().min(), change.after().min()) - made(change, pace))
                .orElse(0);
    }

    private static int made(Change change, Ramp.Pace pace) {
        return pace.stepsBefore(change.before().min(), change.after().min(), change.at(), Optional.of(change.next()));
    }

    private String text(Change change, Ramp.Pace pace) {
        int from = change.before().min();
        int to = change.after().min();
        WallClock clock = WallClock.of(schedule.timeZone());
        int made = made(change, pace);
        return "the change from " + from + " to " + to + " ("
                + change.window().map(name -> "window " + name).orElse("baseline") + ") has " + pace.steps(from, to)
                + " steps, one every " + Durations.compact(pace.pause()) + ": "
                + Durations.compact(pace.length(from, to))
                + " from the first to the last. The next change comes "
                + Durations.compact(Duration.between(change.at(), change.next())) + " after the first, at "
                + WHEN.format(clock.at(change.next())) + ", after " + made + (made == 1 ? " step" : " steps")
                + ": the minimum gets to " + pace.after(from, to, made) + "; write a larger step or a shorter pause";
    }
}
