package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.diagnosis.State;
import java.util.List;

/** Of a StatefulSet. It has no ReplicaSets and no conditions: its pods alone count. */
final class StatefulSetRules implements WorkloadRules {

    private static final List<Rule> RULES = List.of(new WrittenRule(), new GenerationRule(), new StatefulSetServing());

    @Override
    public List<Rule> rules() {
        return RULES;
    }

    @Override
    public RuleVerdict serving(Chain chain) {
        String numbers = Numbers.available(chain);
        if (!chain.isPromoted() && chain.replicas() > 0) {
            return RuleVerdict.converged(State.CONVERGED_UPDATING, numbers + ", an update is in flight");
        }
        StatefulSetView statefulSet = (StatefulSetView) chain.workload().orElseThrow();
        return RuleVerdict.converged(State.CONVERGED, numbers + revisions(statefulSet));
    }

    private static String revisions(StatefulSetView statefulSet) {
        if (!statefulSet.hasNewRevision()) {
            return "";
        }
        return statefulSet.update().onDelete()
                ? ", two revisions: with OnDelete a pod gets the new template when somebody deletes it"
                : ", two revisions on purpose: only ordinals from the partition "
                        + statefulSet.update().partition() + " on get the new template";
    }
}
