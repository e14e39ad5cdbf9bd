package io.tidewatch.contract;

import java.util.Set;

/** The night of a Deployment that another tool applies; the source holds its ScaledObject. */
class DeploymentNightContractTest extends NightContract {

    @Override
    Set<Chain.Part> needed() {
        return Set.of(Chain.Part.KEDA, Chain.Part.KUBERNETES, Chain.Part.NODES);
    }

    @Override
    void prepare() {
        applied(workload(), "Deployment", "");
    }

    @Override
    String workload() {
        return in(DEPLOYMENTS) + "/web";
    }

    @Override
    String inGit() {
        return scaledObjectOf("apps/v1", "Deployment");
    }
}
