package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.PodNeeds;

/**
 * Pods that are to be created from one template.
 *
 * @param count at least 1
 */
public record Demand(PodNeeds pod, int count) {}
