package io.tidewatch.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The counters and histograms that passes add to. */
final class PassCounters {

    private static final double NANOS = 1e9;

    private static final List<String> OUTCOMES =
            List.of("done", "outdated", "conflicted", "rejected", "unavailable", "failed");

    private static final String NUDGE = "NudgeReplicaSets";

    /** In place of a cause, for incidents of Tidewatch itself. */
    private static final String OURSELVES = "Tidewatch";

    private final Counter actions;
    private final Counter steps;
    private final Histogram stepDuration;
    private final Histogram passDuration;
    private final Counter opened;
    private final Counter remedies;

    PassCounters(PrometheusRegistry registry) {
        this.passDuration = Histogram.builder()
                .withoutExemplars()
                .name("tidewatch_pass_duration_seconds")
                .help("How long a pass over all targets took. partial: some target met an internal error.")
                .unit(Unit.SECONDS)
                .labelNames("outcome")
                .classicOnly()
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(registry);
        this.actions = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_actions_total")
                .help("Writes to the cluster, by type and by what came of them.")
                .labelNames("type", "outcome")
                .register(registry);
        this.steps = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_steps_total")
                .help("Steps at edges of windows whose result is final. on_time over all is the ready-by ratio.")
                .labelNames("direction", "verdict")
                .register(registry);
        this.stepDuration = Histogram.builder()
                .withoutExemplars()
                .name("tidewatch_step_duration_seconds")
                .help("How long a step took from the hop before to this hop; patched counts from the edge.")
                .unit(Unit.SECONDS)
                .labelNames("direction", "hop")
                .classicOnly()
                .classicUpperBounds(1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600)
                .register(registry);
        this.opened = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_incidents_opened_total")
                .help("Incidents that were opened, by their first cause; Tidewatch: about Tidewatch itself.")
                .labelNames("cause")
                .register(registry);
        this.remedies = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_remedies_total")
                .help("Remedies against a stale status, by what came of them.")
                .labelNames("type", "outcome")
                .register(registry);
        beginAtZero();
    }

    /** A counter that appears with its first event hides that event from rate() and increase(). */
    private void beginAtZero() {
        List.of("ok", "partial", "failed").forEach(passDuration::initLabelValues);
        actionTypes().forEach(type -> OUTCOMES.forEach(outcome -> actions.initLabelValues(type, outcome)));
        for (String direction : List.of("up", "down")) {
            for (Promise.Result verdict : Promise.Result.values()) {
                steps.initLabelValues(direction, verdict.word());
            }
            stepDuration.initLabelValues(direction, "patched");
            stepDuration.initLabelValues(direction, "hpa");
        }
        stepDuration.initLabelValues("up", "ready");
        for (Cause cause : Cause.values()) {
            opened.initLabelValues(cause.word());
        }
        opened.initLabelValues(OURSELVES);
        for (RemedyMemory.Result result : RemedyMemory.Result.values()) {
            remedies.initLabelValues(NUDGE, result.word());
            changes(Action.Change::curesStatus).forEach(type -> remedies.initLabelValues(type.word(), result.word()));
        }
    }

    private static List<String> actionTypes() {
        return Stream.concat(
                        Stream.of("SetMinReplicas", "ApplyManifest", "HandOverReplicas", NUDGE),
                        changes(any -> true).map(Action.Change::word))
                .toList();
    }

    private static Stream<Action.Change> changes(Predicate<Action.Change> which) {
        return Arrays.stream(Action.Change.values()).filter(which);
    }

    void passed(String outcome, Duration took) {
        passDuration.labelValues(outcome).observe(took.toNanos() / NANOS);
    }

    void acted(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            actions.labelValues(outcome.action().type(), word(outcome)).inc();
        }
    }

    void finished(List<FinishedStep> ended) {
        for (FinishedStep step : ended) {
            steps.labelValues(step.direction(), step.result().word()).inc();
            step.hops()
                    .forEach((hop, took) ->
                            stepDuration.labelValues(step.direction(), hop).observe(took.toNanos() / NANOS));
        }
    }

    void opened(List<Incident> incidents) {
        for (Incident incident : incidents) {
            opened.labelValues(cause(incident)).inc();
        }
    }

    void remedied(List<RemedyMemory.Tried> ended) {
        ended.forEach(remedy ->
                remedies.labelValues(remedy.type(), remedy.result().word()).inc());
    }

    private static String cause(Incident incident) {
        if (incident.target().isTidewatch()) {
            return OURSELVES;
        }
        return incident.cause().map(Cause::word).orElse(incident.state().word());
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return "done";
        }
        if (outcome instanceof Outcome.Outdated) {
            return "outdated";
        }
        if (outcome instanceof Outcome.Conflicted) {
            return "conflicted";
        }
        if (outcome instanceof Outcome.Rejected) {
            return "rejected";
        }
        return outcome instanceof Outcome.Unavailable ? "unavailable" : "failed";
    }

    /** What a pass added besides its duration. */
    void count(Pass pass, List<FinishedStep> ended, List<RemedyMemory.Tried> tried) {
        acted(pass.outcomes());
        finished(ended);
        opened(pass.report().opened());
        remedied(tried);
    }
}
