package io.tidewatch.cli.diagnosis;

import io.tidewatch.cli.diagnosis.DiagnosisOutput.Told;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The next sensible command: the one that shows or ends what the first cause names. */
final class NextCommand {

    private static final Pattern INIT_CONTAINER = Pattern.compile("status\\.initContainerStatuses\\[([^\\]]+)\\]");

    private static final String DESIRED = "rollout.argoproj.io/desired-replicas";

    private final Told told;
    private final String inNamespace;

    private NextCommand(Told told) {
        this.told = told;
        inNamespace = " -n " + told.seen().target().namespace();
    }

    static String of(Told told) {
        NextCommand next = new NextCommand(told);
        return told.diagnosis().state() == State.UNKNOWN
                ? "kubectl get rollout,rs,pod,hpa,scaledobject,event,deployment -A -o yaml | tidewatch diagnose"
                        + " --cluster-state -"
                : told.diagnosis().cause().map(next::of).orElseGet(next::byHop);
    }

    private String of(Cause cause) {
        return switch (cause) {
            case STALE_REPLICA_SET_CACHE -> nudge();
            case ROLLOUTS_CONTROLLER_NOT_FOLLOWING ->
                openStep().orElse("kubectl get deployment -A -l app.kubernetes.io/name=argo-rollouts");
            case KEDA_NOT_FOLLOWING -> "kubectl get deployment -A -l app.kubernetes.io/name=keda-operator";
            case HPA_CAPPED ->
                told.seen().scaledObject().isPresent()
                        ? "kubectl describe scaledobject " + name() + inNamespace
                        : "kubectl describe hpa" + hpa() + inNamespace;
            case HPA_NOT_SCALING -> "kubectl describe hpa" + hpa() + inNamespace;
            case QUOTA_EXCEEDED -> "kubectl describe quota" + inNamespace;
            case ADMISSION_DENIED -> "kubectl describe rs" + first("ReplicaSet ") + inNamespace;
            case UNSCHEDULABLE, VOLUME_PENDING, IMAGE_PULL, CONTAINER_CONFIG, NOT_READY, OOM_KILLED ->
                "kubectl describe pod" + first("Pod ") + inNamespace;
            case INIT_STUCK -> "kubectl logs" + first("Pod ") + initContainer() + inNamespace;
            case CRASH_LOOP -> "kubectl logs" + first("Pod ") + " --previous --all-containers" + inNamespace;
            case EVICTION_BLOCKED -> "kubectl get poddisruptionbudget" + inNamespace;
            case ROLLOUT_PAUSED ->
                "kubectl patch rollout " + rollout() + inNamespace
                        + " --type merge -p '{\"spec\":{\"paused\":false}}'  (resumes it)";
            case INCONCLUSIVE_ANALYSIS -> "kubectl get analysisrun" + inNamespace;
            case FIELD_CONFLICT ->
                "kubectl get scaledobject " + name() + inNamespace + " -o yaml --show-managed-fields";
            case IDLE_WITHOUT_ACTIVITY, SCALED_OBJECT_INVALID ->
                "kubectl describe scaledobject " + name() + inNamespace;
            case SCALED_OBJECT_PAUSED ->
                "kubectl annotate scaledobject " + name() + inNamespace + " " + pauses() + "  (ends the pause)";
            case HOLD -> "tidewatch release " + name() + inNamespace;
            case INVALID_SPEC -> "kubectl describe rollout " + rollout() + inNamespace;
            case TARGET_MISSING -> "kubectl get scaledobject,rollout" + inNamespace;
            case INTERNAL_ERROR -> "tidewatch status" + inNamespace;
        };
    }

    /** An older ReplicaSet that was told another number keeps the step open until it is told the right one. */
    private Optional<String> openStep() {
        return told.diagnosis().evidence().stream()
                .filter(proof -> told.diagnosis().state() == State.STALE_STATUS
                        && proof.field().contains(DESIRED))
                .findFirst()
                .map(proof -> "kubectl annotate --overwrite rs"
                        + proof.object().substring(proof.object().indexOf(' ')) + inNamespace + " " + DESIRED + "="
                        + told.seen().rollout().map(RolloutView::wantedReplicas).orElse(0)
                        + "  (closes the step)");
    }

    /** Those annotations that are there, each with the minus that removes it. */
    private String pauses() {
        return Stream.of("paused", "paused-replicas", "paused-scale-out")
                .map(pause -> "autoscaling.keda.sh/" + pause)
                .filter(pause -> told.seen()
                        .scaledObject()
                        .flatMap(found -> found.meta().annotation(pause))
                        .isPresent())
                .map(pause -> pause + "-")
                .collect(Collectors.joining(" "));
    }

    private String byHop() {
        return switch (told.diagnosis().hop().orElse(Hop.ROLLOUT)) {
            case SCALED_OBJECT -> "kubectl describe scaledobject " + name() + inNamespace;
            case HPA -> "kubectl describe hpa" + hpa() + inNamespace;
            case ROLLOUT -> "kubectl describe rollout " + rollout() + inNamespace;
            case REPLICA_SET -> "kubectl describe rs" + inNamespace;
            case POD -> "kubectl get pods -o wide" + inNamespace;
        };
    }

    private String nudge() {
        List<String> serving = told.seen().replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(set -> set.meta().name())
                .toList();
        return DiagnosisDocument.remedies(told.diagnosis()).contains("NudgeReplicaSets") && !serving.isEmpty()
                ? "kubectl annotate --overwrite rs " + String.join(" ", serving) + inNamespace
                        + " tidewatch.io/nudged-at=$(date -u +%FT%TZ)"
                : byHop();
    }

    private String name() {
        return told.seen().target().name();
    }

    private String rollout() {
        return told.seen().rollout().map(found -> found.meta().name()).orElseGet(this::name);
    }

    private String hpa() {
        return told.seen().hpa().map(found -> " " + found.meta().name()).orElse("");
    }

    /** The first object of this kind in the evidence, after a space. */
    private String first(String kind) {
        return told.diagnosis().evidence().stream()
                .map(Evidence::object)
                .filter(object -> object.startsWith(kind))
                .findFirst()
                .map(object -> " " + object.substring(kind.length()))
                .orElse("");
    }

    private String initContainer() {
        return told.diagnosis().evidence().stream()
                .map(proof -> INIT_CONTAINER.matcher(proof.field()))
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> " -c " + found.group(1))
                .orElse("");
    }
}
