package io.tidewatch.contract;

import java.util.Set;

/** The night of an HPA without KEDA, which somebody else made together with its Deployment. The source holds the schedule alone. */
class HpaNightContractTest extends NightContract {

    @Override
    Set<Chain.Part> needed() {
        return Set.of(Chain.Part.KUBERNETES, Chain.Part.NODES);
    }

    @Override
    void prepare() {
        applied(workload(), "Deployment", "");
        api.create(
                        in(HPAS),
                        "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'web'},'spec':{"
                                + "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'web'},"
                                + "'minReplicas':5,'maxReplicas':20,'metrics':[{'type':'Resource','resource':{'name':'cpu',"
                                + "'target':{'type':'Utilization','averageUtilization':60}}}]}}")
                .ok();
    }

    @Override
    String workload() {
        return in(DEPLOYMENTS) + "/web";
    }

    @Override
    String reference() {
        return "hpaRef: {name: web}\n  baseline: {minReplicas: 5}";
    }

    @Override
    String scaler() {
        return hpa();
    }

    @Override
    String minimumField() {
        return "minReplicas";
    }

    @Override
    String hpa() {
        return in(HPAS) + "/web";
    }

    @Override
    String inGit() {
        return "# the HPA is not applied from here\n";
    }
}
