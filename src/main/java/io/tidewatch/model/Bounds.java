package io.tidewatch.model;

/**
 * The floor and the ceiling of a ScaledObject.
 *
 * @param min pods; KEDA counts an absent minReplicaCount as 0
 * @param max pods; KEDA counts an absent maxReplicaCount as 100
 */
public record Bounds(int min, int max) {

    public static final int DEFAULT_MIN = 0;
    public static final int DEFAULT_MAX = 100;
}
