package io.tidewatch.observe;

import java.util.List;

/** The kinds that a diagnosis needs, by the names under which they are reported as missing. */
public final class Kinds {

    public static final String SCALED_OBJECT = "ScaledObject";
    public static final String HPA = "HorizontalPodAutoscaler";
    public static final String ROLLOUT = "Rollout";
    public static final String REPLICA_SET = "ReplicaSet";
    public static final String POD = "Pod";
    public static final String EVENT = "Event";
    public static final String DEPLOYMENT = "Deployment";

    public static final String STATEFUL_SET = "StatefulSet";

    static final List<String> ALL =
            List.of(SCALED_OBJECT, HPA, ROLLOUT, STATEFUL_SET, REPLICA_SET, POD, EVENT, DEPLOYMENT);

    private Kinds() {}
}
