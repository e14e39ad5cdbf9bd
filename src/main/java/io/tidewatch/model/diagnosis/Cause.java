package io.tidewatch.model.diagnosis;

import io.tidewatch.model.Fault;

/** Why a target is not where it should be. */
public enum Cause {
    STALE_REPLICA_SET_CACHE("StaleReplicaSetCache"),
    ROLLOUTS_CONTROLLER_NOT_FOLLOWING("RolloutsControllerNotFollowing"),
    WORKLOAD_CONTROLLER_NOT_FOLLOWING("WorkloadControllerNotFollowing"),
    ORDINAL_BLOCKED("OrdinalBlocked"),
    KEDA_NOT_FOLLOWING("KedaNotFollowing"),
    KEDA_NOT_SELECTING("KedaNotSelecting"),
    HPA_CAPPED("HpaCapped"),
    HPA_NOT_SCALING("HpaNotScaling"),
    KEDA_FALLBACK("KedaFallback"),
    REPLICAS_OVERWRITTEN("ReplicasOverwritten"),
    QUOTA_EXCEEDED("QuotaExceeded"),
    ADMISSION_DENIED("AdmissionDenied"),
    UNSCHEDULABLE("Unschedulable"),
    VOLUME_PENDING("VolumePending"),
    IMAGE_PULL("ImagePull"),
    CONTAINER_CONFIG("ContainerConfig"),
    INIT_STUCK("InitStuck"),
    CRASH_LOOP("CrashLoop"),
    OOM_KILLED("OomKilled"),
    NOT_READY("NotReady"),
    EVICTION_BLOCKED("EvictionBlocked"),
    ROLLOUT_PAUSED("RolloutPaused"),
    INCONCLUSIVE_ANALYSIS("InconclusiveAnalysis"),
    IDLE_WITHOUT_ACTIVITY("IdleWithoutActivity"),
    FIELD_CONFLICT("FieldConflict"),
    INVALID_SPEC("InvalidSpec"),
    SCALED_OBJECT_INVALID("ScaledObjectInvalid"),
    SCALED_OBJECT_PAUSED("ScaledObjectPaused"),
    TARGET_MISSING("TargetMissing"),
    HOLD("Hold"),

    /** Something of our own that failed; see {@link Fault}. */
    INTERNAL_ERROR("InternalError");

    private final String word;

    Cause(String word) {
        this.word = word;
    }

    /** The word that users and scripts read. */
    public String word() {
        return word;
    }
}
