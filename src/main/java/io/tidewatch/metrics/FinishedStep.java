package io.tidewatch.metrics;

import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A step with a promise whose result is final.
 *
 * @param at when it became final
 */
record FinishedStep(Step step, Promise.Result result, Instant at) {

    String direction() {
        return step.promise()
                .filter(promise -> promise.reach() == Promise.Reach.HPA)
                .map(lowers -> "down")
                .orElse("up");
    }

    /** How long the step took from each hop to the next one that it reached, by the name of the hop. */
    Map<String, Duration> hops() {
        Step.Times times = step.times();
        Map<String, Duration> hops = new LinkedHashMap<>();
        hops.put("patched", between(times.scheduled(), times.patched()));
        times.hpa().ifPresent(hpa -> hops.put("hpa", between(times.patched(), hpa)));
        Optional<Instant> ready = times.ready().filter(at -> direction().equals("up"));
        ready.ifPresent(at -> hops.put("ready", between(times.hpa().orElse(times.patched()), at)));
        return hops;
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
