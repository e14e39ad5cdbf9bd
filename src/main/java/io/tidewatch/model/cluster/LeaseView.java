package io.tidewatch.model.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A Lease by which one replica of a controller leads. Its leader renews it every few seconds for as long as it runs.
 *
 * @param renewed when its leader last did
 */
public record LeaseView(String namespace, String name, Optional<Instant> renewed) {

    /** A leader that has not renewed its Lease for so long does not run; four times what it takes to replace one. */
    public static final Duration SILENCE = Duration.ofSeconds(60);

    /**
     * Whether what is known of it says the same now: it was renewed lately, or it had not been renewed for long when it was last observed
     * of. Otherwise a renewal may have been missed.
     */
    public boolean isConclusive(Instant observedUntil, Instant now) {
        return renewed.map(at -> at.plus(SILENCE))
                .map(silent -> !silent.isBefore(now) || silent.isBefore(observedUntil))
                .orElse(true);
    }
}
