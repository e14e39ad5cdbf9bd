package io.tidewatch.model.cluster;

/** A workload by kind and name, as an autoscaler refers to it. */
public record WorkloadRef(String kind, String namespace, String name) {

    public static WorkloadRef of(Workload workload) {
        return new WorkloadRef(
                workload.kind(), workload.meta().namespace(), workload.meta().name());
    }

    /** What a ScaledObject scales. */
    public static WorkloadRef of(ScaledObjectView scaledObject) {
        return new WorkloadRef(scaledObject.targetKind(), scaledObject.meta().namespace(), scaledObject.targetName());
    }

    /** What an HPA scales. */
    public static WorkloadRef of(HpaView hpa) {
        return new WorkloadRef(hpa.targetKind(), hpa.meta().namespace(), hpa.targetName());
    }
}
