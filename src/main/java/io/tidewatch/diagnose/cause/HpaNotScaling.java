package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.KedaConditions;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The HPA has its minimum and has not raised spec.replicas of the Rollout to it. At 0 replicas KEDA has to do that; an HPA without
 * a ScaledObject stays disabled until somebody writes another number.
 */
final class HpaNotScaling implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.HPA_NOT_SCALING;
    }

    /** Without the selector in the Rollout's status no HPA can scale: that is then its controller's to write. */
    @Override
    public Optional<Explained> find(Chain chain) {
        return chain.hpa()
                .filter(hpa -> hpa.minReplicas() >= chain.hpaMinimum())
                .filter(hpa -> chain.replicas() > 0 || isDisabledAtZero(chain) || chain.isScaledToZero())
                .filter(hpa -> !failures(chain).isEmpty()
                        || (chain.overwriting().isEmpty()
                                && KedaFallback.proven(chain).isEmpty()))
                .filter(hpa ->
                        chain.isWorkloadWritten() && hpa.desiredReplicas().isPresent())
                .filter(hpa -> chain.replicas() < chain.minimum().counts()
                        || (!hpa.wants(chain.replicas()) && !failures(chain).isEmpty()))
                .map(hpa -> explain(chain, hpa));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describeHpa();
    }

    private static List<Condition> failures(Chain chain) {
        return Stream.of("AbleToScale", "ScalingActive")
                .flatMap(type -> chain.hpaCondition(type).stream())
                .filter(Condition::isFalse)
                .toList();
    }

    /** Somebody wrote 0, and no KEDA is there to raise it. */
    private static boolean isDisabledAtZero(Chain chain) {
        return chain.replicas() == 0
                && chain.scaledObject().isEmpty()
                && failures(chain).stream().anyMatch(failure -> failure.reason().equals("ScalingDisabled"));
    }

    private static Explained explain(Chain chain, HpaView hpa) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Proof.hpa(hpa, "spec.minReplicas", hpa.minReplicas()));
        chain.workload()
                .ifPresent(workload -> evidence.add(Proof.workload(workload, "spec.replicas", chain.replicas())));
        Optional<String> zeroWriter = isDisabledAtZero(chain) ? replicasManager(chain) : Optional.empty();
        chain.workload()
                .ifPresent(workload -> zeroWriter.ifPresent(manager ->
                        evidence.add(Proof.workload(workload, "metadata.managedFields[spec.replicas]", manager))));
        List<Condition> failures = failures(chain);
        failures.forEach(failure ->
                evidence.add(Proof.hpa(hpa, "status.conditions[" + failure.type() + "]", Proof.text(failure))));
        chain.scaledObject()
                .ifPresent(found -> KedaConditions.hpaInactive(chain)
                        .ifPresent(inactive -> evidence.add(Proof.scaledObject(
                                found, "status.conditions[" + inactive.type() + "]", Proof.text(inactive)))));
        return new Explained(
                Cause.HPA_NOT_SCALING,
                Math.max(1, chain.minimum().counts() - chain.replicas()),
                failures.isEmpty() ? Certainty.LIKELY : Certainty.CERTAIN,
                isDisabledAtZero(chain)
                        ? zeroWriter
                                        .map(manager -> manager + " owns spec.replicas; ")
                                        .orElse("") + "set spec.replicas to at least 1, and the HPA scales again"
                        : sentence(failures),
                evidence);
    }

    private static String sentence(List<Condition> failures) {
        return failures.stream()
                .findFirst()
                .map(failure ->
                        "the HPA reports " + failure.reason() + ": " + ControllerMessages.brief(failure.message()))
                .orElse("by default the HPA checks every 15 s");
    }

    /** The manager of spec.replicas that wrote last, where it is no autoscaler. */
    private static Optional<String> replicasManager(Chain chain) {
        return chain.workload().map(found -> found.meta().writers()).orElse(List.of()).stream()
                .filter(FieldWriter::ownsReplicas)
                .filter(writer -> FieldManagers.isOtherWriterOfReplicas(writer.manager()))
                .max(Comparator.comparing(writer -> writer.time().orElse(Instant.MIN)))
                .map(FieldWriter::manager);
    }
}
