package io.tidewatch.view.detail;

import io.tidewatch.model.Durations;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.view.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last steps of a target as rows. */
public final class NightRows {

    private static final int MOST = 60;

    private NightRows() {}

    /**
     * @param steps the newest first
     * @param at what was known then
     */
    static List<TargetView.NightRow> of(List<Step> steps, Clocks clocks, Instant at) {
        return of(steps, clocks, at, MOST);
    }

    /**
     * The same.
     *
     * @param most the newest count
     */
    public static List<TargetView.NightRow> of(List<Step> steps, Clocks clocks, Instant at, int most) {
        List<TargetView.NightRow> rows = new ArrayList<>();
        Optional<Instant> newer = Optional.empty();
        for (Step step : steps) {
            if (!step.times().patched().isAfter(at)) {
                if (rows.size() < most) {
                    rows.add(row(asOf(step, at), newer, clocks, at));
                }
                newer = Optional.of(step.times().patched());
            }
        }
        return rows;
    }

    private static Step asOf(Step step, Instant at) {
        Step.Times times = step.times();
        return step.with(times.withHpa(times.hpa().filter(when -> !when.isAfter(at)))
                .withReady(times.ready().filter(when -> !when.isAfter(at))));
    }

    private static TargetView.NightRow row(Step step, Optional<Instant> newer, Clocks clocks, Instant at) {
        Step.Times times = step.times();
        Optional<Promise.Result> result = step.promise().flatMap(promise -> promise.result(times, newer, at));
        Optional<Instant> reached = step.promise().flatMap(promise -> promise.reached(times));
        return new TargetView.NightRow(
                times.scheduled(),
                clocks.dayAndTime(times.scheduled()),
                step.window(),
                step.to(),
                after(times.scheduled(), Optional.of(times.patched())),
                after(times.scheduled(), times.hpa()),
                after(times.scheduled(), times.ready()),
                result.map(one -> one.word().replace('_', ' ')).orElse(""),
                step.promise()
                        .flatMap(promise -> reached.map(
                                when -> Duration.between(promise.by(), when).toSeconds())),
                step.change().commit(),
                step.change().author());
    }

    private static String after(Instant scheduled, Optional<Instant> at) {
        return at.map(when -> "+" + Durations.compact(Duration.between(scheduled, when)))
                .orElse("-");
    }
}
