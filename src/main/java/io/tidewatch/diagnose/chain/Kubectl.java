package io.tidewatch.diagnose.chain;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.Locale;
import java.util.Optional;

/** The kubectl commands that a person runs next on one diagnosed target, complete with names and namespace. */
public record Kubectl(TargetObservation seen, Diagnosis diagnosis) {

    public String describeScaledObject() {
        return "kubectl describe scaledobject " + name() + inNamespace();
    }

    public String describeHpa() {
        return "kubectl describe hpa"
                + seen.hpa().map(found -> " " + found.meta().name()).orElse("") + inNamespace();
    }

    public String describeWorkload() {
        return "kubectl describe " + workload() + inNamespace();
    }

    /** What makes the pods: the ReplicaSet of the evidence, or the StatefulSet itself. */
    public String describeMaker() {
        return firstProof("StatefulSet ").isEmpty() ? describeReplicaSet() : describeWorkload();
    }

    /** The first ReplicaSet of the evidence, or all of the namespace. */
    public String describeReplicaSet() {
        return "kubectl describe rs" + firstProof("ReplicaSet ") + inNamespace();
    }

    /** The first pod of the evidence, or all of the namespace. */
    public String describePod() {
        return "kubectl describe pod" + firstPod() + inNamespace();
    }

    /** The first pod of the evidence, after a space; empty where the evidence names none. */
    public String firstPod() {
        return firstProof("Pod ");
    }

    public String name() {
        return seen.target().name();
    }

    /** Kind and name of the object whose minimum is set, as kubectl takes them. */
    public String autoscaler() {
        boolean isHpa = seen.autoscaler()
                .filter(found -> found.kind() == AutoscalerKind.HPA)
                .isPresent();
        return (isHpa ? "hpa " : "scaledobject ") + name();
    }

    /** Kind and name of the workload, as kubectl takes them. */
    public String workload() {
        return seen.workload()
                .map(found -> found.kind().toString().toLowerCase(Locale.ROOT) + " "
                        + found.meta().name())
                .orElseGet(() -> "rollout " + name());
    }

    public String rollout() {
        return seen.rollout().map(found -> found.meta().name()).orElseGet(this::name);
    }

    /** {@code " -n NAMESPACE"}. */
    public String inNamespace() {
        return " -n " + seen.target().namespace();
    }

    public Optional<ScaledObjectView> scaledObject() {
        return seen.scaledObject();
    }

    private String firstProof(String kind) {
        return diagnosis.evidence().stream()
                .map(Evidence::object)
                .filter(object -> object.startsWith(kind))
                .findFirst()
                .map(object -> " " + object.substring(kind.length()))
                .orElse("");
    }
}
