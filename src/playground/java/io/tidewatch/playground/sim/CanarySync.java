package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A canary's part of a synchronisation, with steps and traffic routing: argo-rollouts, {@code rollout/canary.go}. */
final class CanarySync {
    private final RolloutState state;
    private final RolloutView rollout;
    private final CanarySteps steps;
    private final SyncTurn turn;
    private final Pauses pauses;

    CanarySync(RolloutState state, SyncTurn turn) {
        this.state = state;
        this.rollout = state.rollout();
        this.steps = rollout.steps();
        this.turn = turn;
        this.pauses = new Pauses(state);
    }

    /** Whether the template, or the steps, are other ones than the status was written for. */
    static boolean startsAnew(RolloutState state) {
        return state.isTemplateChanged()
                || !state.rollout().steps().hash().equals(state.rollout().live().text("status", "currentStepHash"));
    }

    Decision decide(ReplicaScaling scaling) {
        if (startsAnew(state)) {
            return startAnew();
        }
        Optional<Duration> again = PodRestart.of(state).add(turn);
        turn.addAll(CopiedAnnotations.writes(state));
        if (state.isInconclusive() && !rollout.isInconclusive()) {
            pauses.add(Pauses.INCONCLUSIVE);
            return status(again);
        }
        Decision scaled = scaling.reconcile();
        turn.addAll(scaled.writes());
        if (!scaling.hasResized() && !rollout.isPausedByUser()) {
            steps.currentPause().ifPresent(this::pause);
        }
        Optional<Duration> paused = steps.currentPause().flatMap(pauses::left).filter(left -> !left.isZero());
        return status(Decision.earliest(again, Decision.earliest(scaled.again(), paused)));
    }

    private void pause(Map<String, Object> step) {
        if (!rollout.hasPause(Pauses.STEP) && !rollout.isControllerPaused()) {
            pauses.add(Pauses.STEP);
        }
    }

    private Decision startAnew() {
        pauses.clear();
        RolloutStatus status = counted();
        boolean rollback = state.fresh().isPresent()
                && steps.count() > 0
                && rollout.stableHash().equals(state.freshHash());
        if (rollback) {
            turn.announce("SkipSteps", "Rollback to stable ReplicaSets");
        }
        index(status, rollback ? steps.count() : 0);
        return turn.finish(status, pauses, Optional.empty());
    }

    private Decision status(Optional<Duration> again) {
        RolloutStatus status = counted();
        Optional<String> promotion = promotion();
        if (promotion.isPresent()) {
            turn.promote(status, promotion.get());
            index(status, steps.count());
        } else if (rollout.isAborted()) {
            index(status, status.isPromoted() ? steps.count() : 0);
        } else if (isStepDone()) {
            int next = steps.index() + 1;
            turn.announce(
                    "RolloutStepCompleted",
                    "Rollout step %d/%d completed (%s)".formatted(next, steps.count(), steps.described()));
            pauses.remove(Pauses.STEP);
            index(status, next);
        }
        return turn.finish(status, pauses, again);
    }

    private RolloutStatus counted() {
        RolloutStatus status = turn.baseStatus();
        status.count("availableReplicas", state.total(RsCopy::available));
        status.count("HPAReplicas", state.total(RsCopy::replicas));
        status.text("selector", RolloutView.formatted(rollout.selectorLabels()));
        status.text("currentStepHash", steps.hash());
        status.put("canary", rollout.isTrafficRouted() ? Map.of("weights", weights()) : Map.of());
        return status;
    }

    /** The router follows at once. */
    private Map<String, Object> weights() {
        boolean promoted =
                rollout.stableHash().isEmpty() || rollout.stableHash().equals(state.freshHash());
        int canary = promoted || rollout.isAborted() ? 0 : steps.weight();
        String stable = rollout.stableHash().isEmpty() ? state.freshHash() : rollout.stableHash();
        return Map.of(
                "canary", Map.of("podTemplateHash", state.freshHash(), "weight", canary),
                "stable", Map.of("podTemplateHash", stable, "weight", 100 - canary));
    }

    private void index(RolloutStatus status, int index) {
        status.put("currentStepIndex", steps.count() == 0 ? null : index);
    }

    private Optional<String> promotion() {
        if (state.stable().isEmpty()) {
            return Optional.of("Initial deploy");
        }
        int desired = rollout.replicas();
        boolean serves = state.fresh()
                .filter(fresh -> state.version() == RolloutsVersion.V1_7_2
                        ? fresh.available() == desired
                        : fresh.available() >= desired)
                .isPresent();
        return serves && steps.areDone() && !rollout.isAborted()
                ? Optional.of("Completed all " + steps.count() + " canary steps")
                : Optional.empty();
    }

    private boolean isStepDone() {
        if (rollout.isHalted() || pauses.isAdding() || steps.current().isEmpty()) {
            return false;
        }
        return steps.currentPause().map(pauses::isStepDone).orElseGet(() -> steps.isSetWeight() && isAtDesiredCounts());
    }

    /** The new ReplicaSet serves with what the weight asks for, and the stable one has been told its own. */
    private boolean isAtDesiredCounts() {
        CanaryCounts counts = CanaryCounts.of(state);
        boolean fresh = state.fresh()
                .filter(one -> one.size() == counts.fresh() && one.available() == counts.fresh())
                .isPresent();
        boolean stable = rollout.scalesStableDynamically()
                || state.stable()
                        .filter(one -> one.size() == counts.stable() && one.replicas() == counts.stable())
                        .isPresent();
        boolean others = rollout.isTrafficRouted() || SyncTurn.sum(state.others(), RsCopy::available) == 0;
        return fresh && stable && others;
    }
}
