package io.tidewatch.cluster;

/** The kinds that are read or written. Their plurals are here, so that no request is needed for them. */
public enum Kinds implements ResourceKind {
    SCALED_OBJECT("ScaledObject", "keda.sh", "v1alpha1", "scaledobjects"),
    ROLLOUT("Rollout", "argoproj.io", "v1alpha1", "rollouts"),
    HPA("HorizontalPodAutoscaler", "autoscaling", "v2", "horizontalpodautoscalers"),
    REPLICA_SET("ReplicaSet", "apps", "v1", "replicasets"),
    POD("Pod", "", "v1", "pods"),
    STATEFUL_SET("StatefulSet", "apps", "v1", "statefulsets"),
    DEPLOYMENT("Deployment", "apps", "v1", "deployments"),
    EVENT("Event", "", "v1", "events"),
    LEASE("Lease", "coordination.k8s.io", "v1", "leases"),
    RESOURCE_QUOTA("ResourceQuota", "", "v1", "resourcequotas"),
    LIMIT_RANGE("LimitRange", "", "v1", "limitranges"),
    POD_DISRUPTION_BUDGET("PodDisruptionBudget", "policy", "v1", "poddisruptionbudgets");

    private final String kind;
    private final String group;
    private final String version;
    private final String plural;

    Kinds(String kind, String group, String version, String plural) {
        this.kind = kind;
        this.group = group;
        this.version = version;
        this.plural = plural;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String plural() {
        return plural;
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String version() {
        return version;
    }

    /**
     * @param kind as in a manifest
     * @throws IllegalArgumentException for any other kind
     */
    public static Kinds of(String kind) {
        for (Kinds known : values()) {
            if (known.kind.equals(kind)) {
                return known;
            }
        }
        throw new IllegalArgumentException("no source may declare a " + kind);
    }
}
