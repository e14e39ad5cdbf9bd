package io.tidewatch.model.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of a minimum, hop by hop, as {@code history} lists it.
 *
 * @param window absent: back to the baseline
 * @param scheduled when it should have begun
 * @param patched when the minimum was written; with the target, it identifies the step
 * @param hpa when the HPA had the minimum
 * @param ready when enough pods were available
 * @param verdict the worst state so far
 */
public record Step(
        Target target,
        Optional<String> window,
        Instant scheduled,
        Instant patched,
        int to,
        Optional<Instant> hpa,
        Optional<Instant> ready,
        State verdict,
        String commit,
        String author) {}
