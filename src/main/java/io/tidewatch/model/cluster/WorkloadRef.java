package io.tidewatch.model.cluster;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.WorkloadKind;

/** A workload by kind and name, as an autoscaler refers to it. The autoscaler may name any version of its API group. */
public record WorkloadRef(WorkloadKind kind, String namespace, String name) {

    public static WorkloadRef of(Workload workload) {
        return new WorkloadRef(
                workload.kind(), workload.meta().namespace(), workload.meta().name());
    }

    public static WorkloadRef of(ObjectKey key) {
        return new WorkloadRef(WorkloadKind.of(key), key.namespace(), key.name());
    }

    /** What an autoscaler scales. */
    public static WorkloadRef of(AutoscalerView autoscaler) {
        return new WorkloadRef(autoscaler.targetKind(), autoscaler.meta().namespace(), autoscaler.targetName());
    }
}
