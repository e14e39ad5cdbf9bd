package io.tidewatch.metrics;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last step of each target that had one, so that each step is counted once, when its result is final: it has reached what it promised,
 * or another step has come in its place. Source: the contract's "On time".
 *
 * @param since when this process began to lead: a result that was final before was counted by the process before it
 */
record StepMemory(Instant since, Map<Target, Known> known) {

    StepMemory {
        known = Map.copyOf(known);
    }

    /** A process that begins to lead. */
    static StepMemory since(Instant at) {
        return new StepMemory(at, Map.of());
    }

    /** @param counted whether its result was final, whoever counted it */
    private record Known(Step step, boolean counted) {}

    /**
     * What a pass adds.
     *
     * @param finished the steps whose results are final now
     */
    record Learned(StepMemory memory, List<FinishedStep> finished) {}

    /**
     * @param steps of which a pass knows something new
     * @param targets all targets of that pass; what is known of others is forgotten
     */
    Learned learn(List<Step> steps, Set<Target> targets) {
        if (steps.isEmpty()) {
            return new Learned(this, List.of());
        }
        Map<Target, Known> next = new HashMap<>(known);
        List<FinishedStep> finished = new ArrayList<>();
        for (Step step : steps) {
            Optional<Known> before = Optional.ofNullable(next.get(step.target()));
            boolean isSame = before.filter(one -> isSame(one.step(), step)).isPresent();
            before.filter(one -> !isSame && !one.counted())
                    .flatMap(one -> replaced(one.step(), step))
                    .ifPresent(finished::add);
            boolean wasCounted = isSame && before.get().counted();
            Optional<FinishedStep> reached = wasCounted ? Optional.empty() : reached(step);
            reached.filter(one -> !one.at().isBefore(since)).ifPresent(finished::add);
            next.put(step.target(), new Known(step, wasCounted || reached.isPresent()));
        }
        if (next.size() > targets.size()) {
            next.keySet().retainAll(targets);
        }
        return new Learned(new StepMemory(since, next), finished);
    }

    private static boolean isSame(Step a, Step b) {
        return a.times().patched().equals(b.times().patched());
    }

    private static Optional<FinishedStep> replaced(Step step, Step by) {
        Instant at = by.times().patched();
        return step.promise()
                .flatMap(promise -> promise.result(step.times(), Optional.of(at), at))
                .map(result -> new FinishedStep(step, result, at));
    }

    private static Optional<FinishedStep> reached(Step step) {
        return step.promise()
                .flatMap(promise -> reachedAt(step, promise)
                        .flatMap(at -> promise.result(step.times(), Optional.empty(), at)
                                .map(result -> new FinishedStep(step, result, at))));
    }

    private static Optional<Instant> reachedAt(Step step, Promise promise) {
        return promise.reach() == Promise.Reach.PODS
                ? step.times().ready()
                : step.times().hpa();
    }
}
