package io.tidewatch.model.cluster;

import java.util.Set;

/**
 * How a controller was started, as the arguments and the environment of its Deployment say.
 *
 * @param instanceId argument {@code --instance-id} of Argo Rollouts: the controller takes on only the Rollouts with this value in
 *     their label {@link #INSTANCE_LABEL}; empty: only the Rollouts without that label
 * @param leaderElectionId argument {@code --leader-election-id} of KEDA's operator: the name of its Lease; empty: the default
 * @param electsLeader false: started with {@code --leader-elect=false}, so that it renews no Lease
 * @param namespaces the namespaces that it watches; empty: all
 * @param labelSelector variable {@code WATCH_LABEL_SELECTOR} of KEDA's operator: it follows only the ScaledObjects that match
 */
public record ControllerOptions(
        String instanceId,
        String leaderElectionId,
        boolean electsLeader,
        Set<String> namespaces,
        LabelSelector labelSelector) {

    /** By this label each Rollout names the controller that takes it on. */
    public static final String INSTANCE_LABEL = "argo-rollouts.argoproj.io/controller-instance-id";

    /** Of a Deployment that sets no option. */
    public static final ControllerOptions NONE = new ControllerOptions("", "", true, Set.of(), LabelSelector.ALL);

    public ControllerOptions {
        namespaces = Set.copyOf(namespaces);
    }
}
