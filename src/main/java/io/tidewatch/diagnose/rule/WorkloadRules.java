package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import java.util.List;
import java.util.stream.Stream;

/** How a workload of one kind is judged once the autoscaler has given it the number of its replicas. */
interface WorkloadRules {

    /** What may keep it from serving, in order. */
    List<Rule> rules();

    /** The verdict on a workload that passes all rules. */
    RuleVerdict serving(Chain chain);

    Workload.Visitor<WorkloadRules> BY_KIND = new Workload.Visitor<>() {

        private final WorkloadRules ofRollout = new RolloutRules();
        private final WorkloadRules ofDeployment = new DeploymentRules();
        private final WorkloadRules ofStatefulSet = new StatefulSetRules();
        private final WorkloadRules ofScaleTarget = new ScaleTargetRules();

        @Override
        public WorkloadRules rollout(RolloutView rollout) {
            return ofRollout;
        }

        @Override
        public WorkloadRules deployment(DeploymentView deployment) {
            return ofDeployment;
        }

        @Override
        public WorkloadRules statefulSet(StatefulSetView statefulSet) {
            return ofStatefulSet;
        }

        @Override
        public WorkloadRules scaleTarget(ScaleTargetView target) {
            return ofScaleTarget;
        }
    };

    /** Of the workload of a chain that has one. */
    static WorkloadRules of(Chain chain) {
        return chain.workload().orElseThrow().accept(BY_KIND);
    }

    /** The rules that name causes, each once: one kind shares them with another. */
    static Stream<Rule> all() {
        return new RolloutRules().rules().stream();
    }
}
