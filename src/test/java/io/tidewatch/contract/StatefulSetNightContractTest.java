package io.tidewatch.contract;

import java.util.Set;

/** The night of a StatefulSet that another tool applies; the source holds its ScaledObject. */
class StatefulSetNightContractTest extends NightContract {

    @Override
    Set<Chain.Part> needed() {
        return Set.of(Chain.Part.KEDA, Chain.Part.KUBERNETES, Chain.Part.NODES);
    }

    @Override
    void prepare() {
        applied(workload(), "StatefulSet", "'serviceName':'web',");
    }

    @Override
    String workload() {
        return in(STATEFUL_SETS) + "/web";
    }

    @Override
    String inGit() {
        return scaledObjectOf("apps/v1", "StatefulSet");
    }
}
