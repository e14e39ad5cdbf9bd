package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Deployment's status being computed: kube-controller-manager, {@code deployment/sync.go}, {@code calculateStatus}, and
 * {@code progress.go}. It counts the ReplicaSets as they were before this turn's writes, as the real one's cache does.
 */
final class DeploymentStatus {
    private static final String PROGRESSING = "Progressing";
    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";

    private final DeploymentState state;
    private final DeploymentView deployment;
    private final Map<String, Object> before;
    private final Map<String, Object> after;
    private final WorkloadCondition.Book conditions;

    private DeploymentStatus(DeploymentState state) {
        this.state = state;
        this.deployment = state.deployment();
        this.before = deployment.live().map("status");
        this.after = new LinkedHashMap<>(before);
        this.conditions = new WorkloadCondition.Book(deployment.live().maps("status", "conditions"));
    }

    /** The counters stay as they are: for what is written before the ReplicaSets are looked at. */
    static DeploymentStatus asWritten(DeploymentState state) {
        return new DeploymentStatus(state);
    }

    static DeploymentStatus counted(DeploymentState state) {
        DeploymentStatus status = new DeploymentStatus(state);
        status.count();
        return status;
    }

    private void count() {
        List<DeploymentSet> sets = state.sets();
        int available = DeploymentState.sum(sets, DeploymentSet::available);
        put("replicas", DeploymentState.sum(sets, DeploymentSet::replicas));
        put("updatedReplicas", state.fresh().map(DeploymentSet::replicas).orElse(0));
        put("readyReplicas", DeploymentState.sum(sets, DeploymentSet::ready));
        put("availableReplicas", available);
        put("unavailableReplicas", Math.max(0, DeploymentState.sum(sets, DeploymentSet::size) - available));
        after.put("terminatingReplicas", (int)
                state.pods().stream().filter(Live::deleting).count());
        after.put("observedGeneration", deployment.live().generation());
        boolean enough = available >= deployment.replicas() - deployment.maxUnavailable();
        set(
                "Available",
                enough ? "True" : "False",
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.");
    }

    private void put(String counter, int value) {
        if (value == 0) {
            after.remove(counter);
        } else {
            after.put(counter, value);
        }
    }

    /** Sets the condition, unless its status and reason are the same already; says whether it did. */
    boolean progressing(String status, String reason, String message) {
        return set(PROGRESSING, status, reason, message);
    }

    private boolean set(String type, String status, String reason, String message) {
        return conditions.set(WorkloadCondition.now(type, status, reason, message, state.now()));
    }

    Optional<WorkloadCondition> progressing() {
        return conditions.get(PROGRESSING);
    }

    /** Progress, or the lack of it, and pods that could not be created: only where nothing is being scaled. */
    void judge() {
        if (deployment.progressDeadline().isEmpty()) {
            conditions.remove(PROGRESSING);
        } else if (!wasComplete()) {
            judgeProgress(state.fresh()
                    .map(fresh -> "ReplicaSet \"" + fresh.name() + "\"")
                    .orElse("Deployment \"" + deployment.name() + "\""));
        }
        Optional<Map<String, Object>> failure = failure();
        if (failure.isPresent()) {
            set(
                    "ReplicaFailure",
                    "True",
                    String.valueOf(failure.get().get("reason")),
                    String.valueOf(failure.get().get("message")));
        } else {
            conditions.remove("ReplicaFailure");
        }
    }

    /** A Deployment that was complete stays so while it is scaled: its pods alone prove nothing about progress. */
    private boolean wasComplete() {
        return conditions.has(PROGRESSING, COMPLETE) && number(after, "replicas") == number(after, "updatedReplicas");
    }

    private void judgeProgress(String who) {
        if (isComplete()) {
            progressing("True", COMPLETE, who + " has successfully progressed.");
        } else if (hasProgressed()) {
            Optional<WorkloadCondition> current = progressing();
            WorkloadCondition now = WorkloadCondition.now(
                    PROGRESSING, "True", "ReplicaSetUpdated", who + " is progressing.", state.now());
            conditions.remove(PROGRESSING);
            conditions.set(current.filter(WorkloadCondition::isTrue)
                    .map(one -> now.since(one.transitioned()))
                    .orElse(now));
        } else if (isLate()) {
            progressing("False", TIMED_OUT, who + " has timed out progressing.");
        }
    }

    boolean isComplete() {
        int desired = deployment.replicas();
        return Stream.of("updatedReplicas", "replicas", "availableReplicas")
                .allMatch(counter -> number(after, counter) == desired);
    }

    private boolean hasProgressed() {
        return grew("updatedReplicas") || grew("readyReplicas") || grew("availableReplicas") || oldShrank();
    }

    private boolean grew(String counter) {
        return number(after, counter) > number(before, counter);
    }

    private boolean oldShrank() {
        return number(after, "replicas") - number(after, "updatedReplicas")
                < number(before, "replicas") - number(before, "updatedReplicas");
    }

    private boolean isLate() {
        return deadline().filter(at -> at.isBefore(state.now())).isPresent();
    }

    /** Until when progress must show; empty where none is due. */
    private Optional<Instant> deadline() {
        return progressing()
                .filter(one -> !one.reason().equals(COMPLETE))
                .filter(one -> deployment.progressDeadline().isPresent())
                .map(one ->
                        one.updated().plusSeconds(deployment.progressDeadline().getAsInt()));
    }

    /** When to look again although nothing changes: after the deadline. */
    Optional<Duration> lookAgain() {
        return deadline()
                .filter(at -> !conditions.has(PROGRESSING, TIMED_OUT))
                .map(at -> Duration.between(state.now(), at.plusSeconds(1)))
                .map(left -> left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }

    /** Of the new ReplicaSet, else of any. */
    private Optional<Map<String, Object>> failure() {
        return Stream.concat(state.fresh().stream(), state.sets().stream())
                .flatMap(one -> one.live().maps("status", "conditions").stream())
                .filter(one -> "ReplicaFailure".equals(one.get("type")))
                .findFirst();
    }

    private static int number(Map<String, Object> status, String counter) {
        return Fields.at(status, counter).map(Fields::integer).orElse(0);
    }

    /** The write, if anything changed. */
    Optional<Write> write() {
        after.put("conditions", conditions.toList());
        Map<String, Object> patch = Fields.mergePatch(before, after);
        return patch.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Write.PatchStatus(Kind.DEPLOYMENT, deployment.live().key(), patch));
    }
}
