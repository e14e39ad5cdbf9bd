package io.tidewatch.model.cluster;

import java.util.List;
import java.util.Set;

/** The names under which fields are owned in the cluster. */
public final class FieldManagers {

    /** Owns the fields of Tidewatch, for as long as a definition has them. */
    public static final String TIDEWATCH = "tidewatch";

    /** Holds spec.replicas of Rollouts that we created, and never speaks again: the autoscaler takes it from there. */
    public static final String INITIAL_REPLICAS = "tidewatch-initial-replicas";

    /** The Argo Rollouts controller writes back what others applied; its ownership is never a conflict. */
    public static final String ROLLOUTS_CONTROLLER = "rollouts-controller";

    private static final Set<String> KEDA = Set.of("keda", "keda-operator");

    /**
     * Write spec.replicas through the scale subresource: kube-controller-manager for an HPA, also where a distribution runs
     * it in one process (k3s, MicroK8s), and KEDA between zero and one and from any number below the minimum up to it.
     */
    private static final Set<String> AUTOSCALERS = Set.of(
            "kube-controller-manager",
            "horizontal-pod-autoscaler",
            "hyperkube",
            "k3s",
            "kubelite",
            "keda",
            "keda-operator");

    /** Managers of tools that apply manifests again, where the tool does not use server-side apply. */
    private static final List<String> APPLIERS =
            List.of("argocd", "kustomize-controller", "flux", "helm", "kubectl-client-side-apply");

    private static final Set<String> CONTROLLERS =
            Set.of(TIDEWATCH, INITIAL_REPLICAS, ROLLOUTS_CONTROLLER, "argo-rollouts");

    private FieldManagers() {}

    /** Whether a manager of spec.replicas is an autoscaler. */
    public static boolean isAutoscaler(String manager) {
        return AUTOSCALERS.contains(manager);
    }

    /** Whether a manager is KEDA's operator. */
    public static boolean isKeda(String manager) {
        return KEDA.contains(manager);
    }

    /** Whether the writer is a tool that applies manifests, and will apply them again. */
    public static boolean isApplier(FieldWriter writer) {
        return writer.operation().equals("Apply") || APPLIERS.stream().anyMatch(writer.manager()::startsWith);
    }

    /** Whether a manager is neither Tidewatch nor the Rollouts controller, which writes back what others applied. */
    public static boolean isRivalOfRollout(String manager) {
        return !manager.isEmpty() && !CONTROLLERS.contains(manager);
    }

    /** Whether a manager of spec.replicas is neither an autoscaler, nor Tidewatch, nor the Rollouts controller. */
    public static boolean isOtherWriterOfReplicas(String manager) {
        return !manager.isEmpty() && !isAutoscaler(manager) && !CONTROLLERS.contains(manager);
    }
}
