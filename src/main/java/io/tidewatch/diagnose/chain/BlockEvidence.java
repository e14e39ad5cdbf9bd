package io.tidewatch.diagnose.chain;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.ownership.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** The fields that prove that a person's decision or mistake blocks a target. */
public final class BlockEvidence {

    private static final String KEDA = "autoscaling.keda.sh/";
    private static final String DESIRED = "metadata.annotations[rollout.argoproj.io/desired-replicas]";

    private final Chain chain;
    private final List<Evidence> evidence = new ArrayList<>();

    private BlockEvidence(Chain chain) {
        this.chain = chain;
    }

    public static List<Evidence> of(Chain chain, RuleVerdict standing) {
        BlockEvidence found = new BlockEvidence(chain);
        standing.cause().ifPresent(found::collect);
        return found.evidence;
    }

    private void collect(Cause cause) {
        switch (cause) {
            case IDLE_WITHOUT_ACTIVITY -> {
                scaledObject("spec.idleReplicaCount", show(ScaledObjectView::idleReplicaCount));
                scaledObjectCondition("Active");
            }
            case SCALED_OBJECT_INVALID -> scaledObjectCondition("Ready");
            case SCALED_OBJECT_PAUSED -> {
                annotation(KEDA + "paused");
                annotation(KEDA + "paused-replicas");
                annotation(KEDA + "paused-scale-out");
            }
            case HOLD -> {
                annotation(Annotations.HOLD_UNTIL);
                annotation(Annotations.HOLD_REASON);
            }
            case FIELD_CONFLICT -> conflict();
            case ROLLOUT_PAUSED -> {
                chain.rollout().ifPresent(found -> evidence.add(Proof.workload(found, "spec.paused", "true")));
                setsWithAnotherNumber();
            }
            case INCONCLUSIVE_ANALYSIS -> {
                chain.rollout()
                        .ifPresent(found -> evidence.add(Proof.workload(
                                found,
                                "status.pauseConditions",
                                String.join(", ", found.status().pauseReasons()))));
                setsWithAnotherNumber();
            }
            case INVALID_SPEC -> rolloutCondition("InvalidSpec");
            case TARGET_MISSING -> missing();
            default -> {}
        }
    }

    private void scaledObject(String field, String value) {
        chain.scaledObject().ifPresent(found -> evidence.add(Proof.scaledObject(found, field, value)));
    }

    private String show(Function<ScaledObjectView, OptionalInt> field) {
        OptionalInt value = chain.scaledObject().map(field).orElse(OptionalInt.empty());
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "absent";
    }

    private void scaledObjectCondition(String type) {
        chain.scaledObjectCondition(type)
                .ifPresent(condition -> scaledObject("status.conditions[" + type + "]", Proof.text(condition)));
    }

    private void rolloutCondition(String type) {
        Optional<Condition> condition = chain.workloadCondition(type);
        chain.rollout()
                .ifPresent(found -> condition.ifPresent(output ->
                        evidence.add(Proof.workload(found, "status.conditions[" + type + "]", Proof.text(output)))));
    }

    private void annotation(String key) {
        chain.autoscaler()
                .flatMap(found -> found.meta().annotation(key))
                .ifPresent(value -> autoscaler("metadata.annotations[" + key + "]", value));
    }

    private void autoscaler(String field, String value) {
        chain.autoscaler().ifPresent(found -> evidence.add(Proof.autoscaler(found, field, value)));
    }

    /** The bounds that Tidewatch applied, the bounds that the object has, and who wrote them. */
    private void conflict() {
        annotation(Annotations.APPLIED);
        AutoscalerKind kind = chain.autoscaler().map(AutoscalerView::kind).orElse(AutoscalerKind.SCALED_OBJECT);
        String field = chain.minimum().isRight() ? kind.maximum() : kind.minimum();
        chain.minimum()
                .conflict()
                .flatMap(Verdict.Conflict::manager)
                .ifPresent(manager -> autoscaler("metadata.managedFields[spec." + field + "].manager", manager));
    }

    /** ReplicaSets that carry another number than the Rollout's. */
    private void setsWithAnotherNumber() {
        Stream.concat(chain.current().stream(), chain.stable().stream())
                .distinct()
                .filter(set -> set.desiredReplicas().orElse(-1) != chain.replicas())
                .forEach(set -> evidence.add(desired(set)));
    }

    /** The annotation desired-replicas of a ReplicaSet. */
    public static Evidence desired(ReplicaSetView set) {
        return Proof.set(set, DESIRED, desiredReplicas(set));
    }

    private static String desiredReplicas(ReplicaSetView set) {
        OptionalInt desiredReplicas = set.desiredReplicas();
        return desiredReplicas.isPresent() ? Integer.toString(desiredReplicas.getAsInt()) : "absent";
    }

    private void deleting(Optional<ObjectMeta> meta, String kind) {
        meta.filter(ObjectMeta::deleting)
                .ifPresent(found ->
                        evidence.add(new Evidence(kind + found.name(), "metadata.deletionTimestamp", "present")));
    }

    private void missing() {
        chain.autoscaler().ifPresent(found -> deleting(Optional.of(found.meta()), Proof.nameOf(found.kind()) + " "));
        deleting(chain.workload().map(Workload::meta), chain.kind() + " ");
        if (chain.autoscaler().isEmpty()) {
            absentAutoscaler();
        } else if (chain.workload().isEmpty()) {
            evidence.add(new Evidence(
                    chain.autoscaler()
                            .map(found -> found.targetKind() + " " + found.targetName())
                            .orElse(""),
                    "metadata",
                    "absent"));
            scaledObjectCondition("Ready");
        }
    }

    private void absentAutoscaler() {
        String name = chain.input().seen().target().name();
        Optional<HpaView> ofKeda =
                chain.hpa().filter(found -> found.scaledObject().isPresent());
        if (chain.isOfHpa() && ofKeda.isPresent()) {
            boolean isLabelled =
                    ofKeda.get().meta().label(HpaView.OF_SCALED_OBJECT).isPresent();
            evidence.add(Proof.hpa(
                    ofKeda.get(),
                    isLabelled ? "metadata.labels[" + HpaView.OF_SCALED_OBJECT + "]" : "ScaledObject",
                    ofKeda.get().scaledObject().orElseThrow()));
        } else {
            evidence.add(new Evidence((chain.isOfHpa() ? "HPA " : "ScaledObject ") + name, "metadata", "absent"));
        }
    }
}
