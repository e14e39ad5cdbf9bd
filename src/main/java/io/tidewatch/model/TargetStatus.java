package io.tidewatch.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a scheduled target stands: what {@code status} tells.
 *
 * @param window what counts now; absent: the baseline
 * @param min the live minimum
 * @param wanted the minimum that counts
 * @param available pods
 * @param replicas pods that the Rollout wants
 * @param next when the wanted minimum changes next
 * @param since since when the state is what it is, as far as this process saw
 */
public record TargetStatus(
        Target target,
        Optional<String> window,
        OptionalInt min,
        int wanted,
        OptionalInt available,
        OptionalInt replicas,
        State state,
        Optional<Cause> cause,
        Optional<Instant> next,
        Instant since,
        String message) {}
