package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.PastSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET /history}. Absent values are null. */
final class HistoryDocument {

    private HistoryDocument() {}

    static Map<String, @Nullable Object> of(Instant at, PastSteps past) {
        List<Step> steps = past.steps();
        List<Object> rows = new ArrayList<>();
        Map<List<Object>, Instant> started = new HashMap<>();
        steps.forEach(step -> started.merge(edge(step), step.times().patched(), HistoryDocument::earlier));
        Map<Target, Instant> next = new HashMap<>();
        steps.forEach(step -> {
            Map<String, @Nullable Object> row =
                    row(step, started.getOrDefault(edge(step), step.times().patched()));
            Optional<Instant> newer =
                    Optional.ofNullable(next.put(step.target(), step.times().patched()));
            row.put("onTime", onTime(step, newer, at).map(Promise.Result::word).orElse(null));
            rows.add(row);
        });
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("at", at.toString());
        document.put("steps", rows);
        document.put("cut", past.cut());
        return document;
    }

    /** @param next when the next step of the target was written; the steps are given newest first */
    private static Optional<Promise.Result> onTime(Step step, Optional<Instant> next, Instant now) {
        return step.promise().flatMap(promise -> promise.result(step.times(), next, now));
    }

    /** An edge may take several steps; it started with the first. */
    private static List<Object> edge(Step step) {
        return List.of(step.target(), step.times().scheduled());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Map<String, @Nullable Object> row(Step step, Instant started) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("target", step.target().toString());
        row.put("window", step.window().orElse(null));
        row.put("to", step.to());
        row.put("due", step.due().word());
        row.put("scheduled", step.times().scheduled().toString());
        row.put("started", started.toString());
        row.put("patched", step.times().patched().toString());
        row.put("hpa", step.times().hpa().map(Instant::toString).orElse(null));
        row.put("ready", step.times().ready().map(Instant::toString).orElse(null));
        row.put(
                "lag",
                step.times()
                        .ready()
                        .map(ready -> Duration.between(step.times().scheduled(), ready)
                                .toString())
                        .orElse(null));
        row.put(
                "readyBy",
                step.promise().map(Promise::by).map(Instant::toString).orElse(null));
        row.put("start", step.times().start().map(Instant::toString).orElse(null));
        row.put("verdict", step.verdict().word());
        row.put("commit", step.change().commit());
        row.put("author", step.change().author());
        return row;
    }
}
