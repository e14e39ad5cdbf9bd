package io.tidewatch.model.cluster;

import java.util.Set;

/** The names under which fields are owned in the cluster. */
public final class FieldManagers {

    /** Owns the fields of Tidewatch, for as long as a definition has them. */
    public static final String TIDEWATCH = "tidewatch";

    /** Holds spec.replicas of Rollouts that we created, and never speaks again: the autoscaler takes it from there. */
    public static final String INITIAL_REPLICAS = "tidewatch-initial-replicas";

    /** The Argo Rollouts controller writes back what others applied; its ownership is never a conflict. */
    public static final String ROLLOUTS_CONTROLLER = "rollouts-controller";

    /**
     * Write spec.replicas through the scale subresource: kube-controller-manager for an HPA, also where a distribution runs
     * it in one process (k3s, MicroK8s), and KEDA between zero and one.
     */
    private static final Set<String> AUTOSCALERS = Set.of(
            "kube-controller-manager",
            "horizontal-pod-autoscaler",
            "hyperkube",
            "k3s",
            "kubelite",
            "keda",
            "keda-operator");

    private static final Set<String> CONTROLLERS =
            Set.of(TIDEWATCH, INITIAL_REPLICAS, ROLLOUTS_CONTROLLER, "argo-rollouts");

    private FieldManagers() {}

    /** Whether a manager of spec.replicas is an autoscaler. */
    public static boolean isAutoscaler(String manager) {
        return AUTOSCALERS.contains(manager);
    }

    /** Whether a manager of spec.replicas is neither an autoscaler, nor Tidewatch, nor the Rollouts controller. */
    public static boolean isOtherWriterOfReplicas(String manager) {
        return !manager.isEmpty() && !isAutoscaler(manager) && !CONTROLLERS.contains(manager);
    }
}
