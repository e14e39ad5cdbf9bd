package io.tidewatch.model.cluster;

import java.util.Optional;

/**
 * Where the API server serves the kind of what an autoscaler scales.
 *
 * @param apiVersion group and version; empty where the autoscaler does not say
 * @param plural of the kind, as paths have it; KEDA writes it into the status of a ScaledObject
 */
public record TargetApi(String apiVersion, Optional<String> plural) {

    /** Of an autoscaler that does not say. */
    public static final TargetApi UNKNOWN = new TargetApi("", Optional.empty());
}
