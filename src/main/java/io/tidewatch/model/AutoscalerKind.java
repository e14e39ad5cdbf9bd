package io.tidewatch.model;

import java.util.Optional;

/** The kinds of objects whose minimum a schedule sets, and how each names its bounds. */
public enum AutoscalerKind {
    SCALED_OBJECT("ScaledObject", "keda.sh/v1alpha1", "minReplicaCount", "maxReplicaCount", 0),
    HPA("HorizontalPodAutoscaler", "autoscaling/v2", "minReplicas", "maxReplicas", 1);

    private final String kind;
    private final String apiVersion;
    private final String minimum;
    private final String maximum;
    private final int defaultMinimum;

    AutoscalerKind(String kind, String apiVersion, String minimum, String maximum, int defaultMinimum) {
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.minimum = minimum;
        this.maximum = maximum;
        this.defaultMinimum = defaultMinimum;
    }

    /** As in a manifest. */
    public String kind() {
        return kind;
    }

    /** The version that Tidewatch reads and writes. */
    public String apiVersion() {
        return apiVersion;
    }

    /** The name of the minimum in the object's spec. */
    public String minimum() {
        return minimum;
    }

    /** The name of the maximum in the object's spec. */
    public String maximum() {
        return maximum;
    }

    /** What counts where no minimum is written. */
    public int defaultMinimum() {
        return defaultMinimum;
    }

    public ObjectKey key(Target target) {
        return new ObjectKey(apiVersion, kind, target.namespace(), target.name());
    }

    /**
     * @param kind as in a manifest
     * @return empty for a kind that is no autoscaler
     */
    public static Optional<AutoscalerKind> of(String kind) {
        for (AutoscalerKind known : values()) {
            if (known.kind.equals(kind)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
