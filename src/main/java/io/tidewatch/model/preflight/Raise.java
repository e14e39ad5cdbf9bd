package io.tidewatch.model.preflight;

import java.time.Instant;
import java.util.Optional;

/**
 * A raise that is ahead.
 *
 * @param from the live minimum
 * @param to the minimum from {@code at} on
 * @param window absent where the baseline counts from then on
 * @param at when the raise is written, or its first step; a lead and a ramp are counted in
 */
public record Raise(int from, int to, Optional<String> window, Instant at) {}
