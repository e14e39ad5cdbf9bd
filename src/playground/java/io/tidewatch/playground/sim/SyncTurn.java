package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What one synchronisation of a Rollout has decided to write so far, and the status it ends with. */
final class SyncTurn {
    private final RolloutState state;
    private final RolloutView rollout;
    private final List<Write> writes = new ArrayList<>();

    SyncTurn(RolloutState state) {
        this.state = state;
        this.rollout = state.rollout();
    }

    void add(Write write) {
        writes.add(write);
    }

    void addAll(List<Write> more) {
        writes.addAll(more);
    }

    void announce(String reason, String message) {
        writes.add(announcement(reason, message));
    }

    Write announcement(String reason, String message) {
        return Write.Announce.normal(Kind.ROLLOUT, rollout.live(), reason, message);
    }

    Write rolloutPatch(Map<String, Object> patch) {
        return new Write.Patch(Kind.ROLLOUT, rollout.live().key(), patch);
    }

    Decision done() {
        return Decision.of(writes);
    }

    Decision again(Optional<Duration> delay) {
        return new Decision(writes, delay);
    }

    /** The counters that every strategy has in common, from the ReplicaSets as the cache holds them. */
    RolloutStatus baseStatus() {
        RolloutStatus status = new RolloutStatus(rollout);
        status.conditions().remove("InvalidSpec");
        status.text("currentPodHash", state.freshHash());
        status.count("replicas", state.total(RsCopy::replicas));
        status.count("updatedReplicas", state.fresh().map(RsCopy::replicas).orElse(0));
        status.count("readyReplicas", state.total(RsCopy::ready));
        return status;
    }

    /** The ReplicaSets that count as serving: of a blue-green the active one, if there is one; else all. */
    List<RsCopy> serving(String activeHash) {
        return rollout.isBlueGreen()
                ? state.byHash(activeHash).map(List::of).orElse(state.replicaSets())
                : state.replicaSets();
    }

    static int sum(List<RsCopy> sets, ToIntFunction<RsCopy> counter) {
        return sets.stream().mapToInt(counter).sum();
    }

    void promote(RolloutStatus status, String reason) {
        String current = status.text("currentPodHash");
        if (!status.text("stableRS").equals(current)) {
            status.text("stableRS", current);
            announce(
                    "RolloutCompleted",
                    "Rollout completed update to revision %d (%s): %s".formatted(rollout.revision(), current, reason));
        }
    }

    /** Conditions, pauses and phase; then when to look again although nothing changes. */
    Decision finish(RolloutStatus status, Pauses pauses, Optional<Duration> again) {
        writes.addAll(RolloutConditions.recompute(state, status));
        pauses.apply(status);
        announcePause(status);
        boolean changed = persist(status);
        return new Decision(writes, again.isPresent() || changed ? again : progressCheck(status));
    }

    private void announcePause(RolloutStatus status) {
        boolean was = !rollout.pauseConditions().isEmpty();
        List<Map<String, Object>> now = status.pauseConditions();
        if (!was && !now.isEmpty()) {
            announce("RolloutPaused", "Rollout is paused (" + now.get(0).get("reason") + ")");
        } else if (was && now.isEmpty() && status.text("abortedAt").isEmpty()) {
            announce("RolloutResumed", "Rollout is resumed");
        }
    }

    /** Synchronises again when the progress deadline has passed, in case nothing changes until then. */
    private Optional<Duration> progressCheck(RolloutStatus status) {
        return status.conditions()
                .get("Progressing")
                .filter(one -> !one.reason().equals("ProgressDeadlineExceeded"))
                .filter(one -> !one.reason().equals("NewReplicaSetAvailable"))
                .filter(one -> !rollout.isPaused() && !rollout.isAborted())
                .filter(one -> rollout.steps().currentPause().isEmpty() || rollout.isBlueGreen())
                .map(one -> Duration.between(
                        state.now(), one.updated().plusSeconds(rollout.progressDeadlineSeconds() + 1L)))
                .map(left -> left.isNegative() || left.isZero() ? Duration.ofSeconds(1) : left);
    }

    boolean persist(RolloutStatus status) {
        status.text("observedGeneration", "" + rollout.live().generation());
        RolloutPhase phase = RolloutPhase.of(rollout, status);
        status.text("phase", phase.phase()).text("message", phase.message());
        return patchStatus(status);
    }

    boolean patchStatus(RolloutStatus status) {
        Map<String, Object> patch = status.patch();
        if (patch.isEmpty()) {
            return false;
        }
        writes.add(new Write.PatchStatus(Kind.ROLLOUT, rollout.live().key(), patch));
        return true;
    }
}
