package io.tidewatch.model.cluster;

import io.tidewatch.model.Severity;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;

/**
 * An Event that tells a target's history where people look for it.
 *
 * @param about kind of the involved object: ScaledObject or Rollout
 * @param reason past tense, CamelCase
 * @param dedupeKey the same key is said once
 */
public record KubernetesEvent(
        Target target,
        String about,
        String name,
        String uid,
        Severity severity,
        String reason,
        String message,
        Instant at,
        String dedupeKey) {

    public KubernetesEvent {
        message = StrangerText.line(message);
    }

    /** By whom all of them are told to be written. */
    public static final String REPORTER = "tidewatch.io/reconciler";
}
