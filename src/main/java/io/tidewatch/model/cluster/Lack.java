package io.tidewatch.model.cluster;

import io.tidewatch.model.WorkloadKind;
import java.util.Set;

/**
 * What is missing of objects that were observed, in the words of {@code missing}. Beside the kinds that were not observed at
 * all. A field that a tool has removed from a dump proves neither zero nor trouble.
 */
public final class Lack {

    public static final String STATUS = "status of every object";
    public static final String HPA_STATUS = "status of HPA";
    public static final String REPLICA_SET_STATUS = "status of ReplicaSet";
    public static final String POD_STATUS = "status of Pod";
    public static final String REPLICA_SET_UID = "uid of ReplicaSet";
    public static final String REPLICA_SET_OWNER = "ownerReferences of ReplicaSet";
    public static final String POD_OWNER = "ownerReferences of Pod";

    /** Every API server writes it, with the default 1. */
    public static final String HPA_MINIMUM = "spec.minReplicas of HPA";

    /** Every API server writes it, with the default 1. */
    public static final String REPLICA_SET_REPLICAS = "spec.replicas of ReplicaSet";

    private static final String STATUS_OF = "status of ";
    private static final Set<String> LINKS = Set.of(REPLICA_SET_UID, REPLICA_SET_OWNER, POD_OWNER);
    private static final String UID_OF = "uid of ";
    private static final String SPEC = "spec.";
    private static final String REPLICAS_OF = "spec.replicas of ";

    private Lack() {}

    /** The status of a workload of this kind. */
    public static String statusOf(WorkloadKind kind) {
        return STATUS_OF + kind;
    }

    /** The uid of a workload of this kind. */
    public static String uidOf(WorkloadKind kind) {
        return UID_OF + kind;
    }

    /** The number of replicas of a workload of this kind. */
    public static String replicasOf(WorkloadKind kind) {
        return REPLICAS_OF + kind;
    }

    /** Whether a part is a status: a live object that is new has none until its controller has written one. */
    public static boolean isStatus(String part) {
        return part.startsWith(STATUS_OF);
    }

    /** Whether an entry of {@code missing} is about a part of an object, and not about a kind. */
    public static boolean isPart(String missing) {
        return isStatus(missing) || LINKS.contains(missing) || missing.startsWith(UID_OF) || missing.startsWith(SPEC);
    }
}
