package io.tidewatch.model.cluster;

import io.tidewatch.model.Severity;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;

/**
 * A Kubernetes Event about a target.
 *
 * @param about kind of the involved object: ScaledObject or Rollout
 * @param reason past tense, CamelCase
 * @param dedupeKey an Event of the same key is written once
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

    /** The reporting component of all Events. */
    public static final String REPORTER = "tidewatch.io/reconciler";
}
