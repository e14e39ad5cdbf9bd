package io.tidewatch.contract;

import java.util.Set;

/** The night of a Rollout, which the source applies. */
class NightContractTest extends NightContract {

    @Override
    Set<Chain.Part> needed() {
        return Set.of(Chain.Part.values());
    }

    @Override
    String workload() {
        return in(ROLLOUTS) + "/web";
    }

    @Override
    boolean statusSays(int replicas) {
        return super.statusSays(replicas)
                && api.get(workload()).body().at("/status/phase").asText().equals("Healthy");
    }

    @Override
    String inGit() {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: web, namespace: %1$s}
                spec:
                  progressDeadlineSeconds: 600
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers: [{name: app, image: "registry.k8s.io/pause:3.10"}]
                  strategy: {canary: {maxSurge: 25%%, maxUnavailable: 0}}
                ---
                %2$s""".formatted(namespace, scaledObjectOf("argoproj.io/v1alpha1", "Rollout"));
    }
}
