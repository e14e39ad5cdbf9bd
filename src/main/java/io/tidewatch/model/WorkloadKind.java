package io.tidewatch.model;

/**
 * A kind of what autoscalers scale, in any version. Two API groups may have a kind of the same name, and their objects have nothing to do
 * with each other.
 *
 * @param group without its version; empty for the core group
 * @param name as Kubernetes spells it
 */
public record WorkloadKind(String group, String name) {

    private static final String APPS = "apps";

    public static final WorkloadKind ROLLOUT = new WorkloadKind("argoproj.io", "Rollout");
    public static final WorkloadKind DEPLOYMENT = new WorkloadKind(APPS, "Deployment");
    public static final WorkloadKind STATEFUL_SET = new WorkloadKind(APPS, "StatefulSet");
    public static final WorkloadKind REPLICA_SET = new WorkloadKind(APPS, "ReplicaSet");

    /** The kind of an object. */
    public static WorkloadKind of(String apiVersion, String kind) {
        return new WorkloadKind(apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/'))), kind);
    }

    public static WorkloadKind of(ObjectKey key) {
        return of(key.apiVersion(), key.kind());
    }

    /**
     * The kind that a reference names, as {@code spec.scaleTargetRef} does. KEDA takes apps/v1 where a ScaledObject writes no apiVersion. An
     * HPA without it finds nothing, which is another mistake, so the same is taken.
     *
     * @param apiVersion empty where it is absent
     */
    public static WorkloadKind referred(String apiVersion, String kind) {
        return apiVersion.isEmpty() ? new WorkloadKind(APPS, kind) : of(apiVersion, kind);
    }

    /** As people read it: the name, with the group as kubectl takes it where the name alone would mean a kind of another group. */
    @Override
    public String toString() {
        return isNamesake(ROLLOUT) || isNamesake(DEPLOYMENT) || isNamesake(STATEFUL_SET) || isNamesake(REPLICA_SET)
                ? name + "." + (group.isEmpty() ? "core" : group)
                : name;
    }

    private boolean isNamesake(WorkloadKind known) {
        return name.equals(known.name) && !group.equals(known.group);
    }
}
