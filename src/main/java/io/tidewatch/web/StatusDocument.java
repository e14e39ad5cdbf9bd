package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET /status}. Absent values are null. */
final class StatusDocument {

    private StatusDocument() {}

    /**
     * @param at the time of the answer; each row has the time of its pass
     * @param steps the latest steps, the newest first
     */
    static Map<String, @Nullable Object> of(Instant at, Standing standing, List<Step> steps) {
        List<Object> rows = new ArrayList<>();
        Map<Target, Step> raises = new HashMap<>();
        steps.stream()
                .filter(step -> step.times().start().isPresent())
                .forEach(step -> raises.putIfAbsent(step.target(), step));
        Instant made = standing.targetsAt().orElse(at);
        standing.targets()
                .forEach(status -> rows.add(row(
                        made,
                        status,
                        Optional.ofNullable(raises.get(status.target())).map(Step::times))));
        List<Object> sources = new ArrayList<>();
        standing.sources().forEach(source -> sources.add(source(source)));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("at", at.toString());
        document.put("resync", standing.resync().toString());
        document.put("lastPass", lastPass(standing.loop()));
        document.put("sources", sources);
        document.put("targets", rows);
        document.put("unread", standing.unread());
        document.put("warnings", standing.warnings());
        document.put("leader", leader(standing.leader()));
        return document;
    }

    private static Map<String, @Nullable Object> lastPass(LoopState loop) {
        Map<String, @Nullable Object> pass = new LinkedHashMap<>();
        pass.put("ended", text(loop.ended()));
        pass.put("took", text(loop.took()));
        pass.put("failed", text(loop.failed()));
        pass.put("why", text(loop.why()));
        pass.put("failedInARow", loop.failedInARow());
        pass.put("runningSince", text(loop.runningSince()));
        pass.put("stage", text(loop.stage()));
        return pass;
    }

    private static Map<String, @Nullable Object> leader(LeaderState state) {
        Map<String, @Nullable Object> leader = new LinkedHashMap<>();
        leader.put("leads", state.leads());
        leader.put("replica", state.replica());
        leader.put("leader", state.leader().orElse(null));
        leader.put("term", number(state.term()));
        leader.put("why", state.why().orElse(null));
        return leader;
    }

    private static Map<String, @Nullable Object> source(SourceHealth health) {
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("source", health.source());
        source.put("lastAsked", text(health.lastAsked()));
        source.put("due", health.due().toString());
        source.put("commitSeen", text(health.commitSeen()));
        source.put("commitInForce", text(health.commitInForce()));
        source.put("trouble", text(health.trouble()));
        return source;
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static Map<String, @Nullable Object> row(Instant at, TargetStatus status, Optional<Step.Times> raise) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("at", at.toString());
        row.put("target", status.target().toString());
        row.put("window", status.window().orElse(null));
        row.put("min", number(status.minimum().live()));
        row.put("wanted", number(status.minimum().desired()));
        row.put("available", number(status.pods().available()));
        row.put("replicas", number(status.pods().replicas()));
        row.put("state", status.state().word());
        row.put("cause", status.cause().map(Cause::word).orElse(null));
        row.put("next", status.next().map(Instant::toString).orElse(null));
        row.put("since", status.since().toString());
        Duration age = Duration.between(status.since(), at).truncatedTo(ChronoUnit.SECONDS);
        row.put("age", (age.isNegative() ? Duration.ZERO : age).toString());
        row.put("message", status.message());
        row.put("held", status.held().orElse(null));
        row.put("start", text(raise.flatMap(Step.Times::start)));
        row.put("readyAt", text(raise.flatMap(Step.Times::ready)));
        row.put("lead", status.lead().map(LearnedLead::text).orElse(null));
        return row;
    }

    private static @Nullable Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
