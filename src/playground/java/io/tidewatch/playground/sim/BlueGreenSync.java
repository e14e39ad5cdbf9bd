package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.Optional;

/** A blue-green's part of a synchronisation: argo-rollouts, {@code rollout/bluegreen.go}. */
final class BlueGreenSync {
    private final RolloutState state;
    private final RolloutView rollout;
    private final SyncTurn turn;
    private final Pauses pauses;
    private final BlueGreenServices services;

    BlueGreenSync(RolloutState state, SyncTurn turn) {
        this.state = state;
        this.rollout = state.rollout();
        this.turn = turn;
        this.pauses = new Pauses(state);
        this.services = new BlueGreenServices(state);
    }

    Decision decide(ReplicaScaling scaling) {
        Optional<RsCopy> fresh = state.fresh();
        fresh.ifPresent(one -> turn.addAll(services.preview(one)));
        Optional<Duration> again = Optional.empty();
        if (state.isTemplateChanged()) {
            pauses.clear();
        } else if (fresh.isPresent()) {
            Optional<Duration> restart = PodRestart.of(state).add(turn);
            turn.addAll(CopiedAnnotations.writes(state));
            Decision scaled = scaling.reconcile();
            turn.addAll(scaled.writes());
            again = Decision.earliest(restart, scaled.again());
            pause(fresh.get());
            if (mayCutOver()) {
                turn.addAll(services.cutOver(fresh.get()));
            }
        }
        return status(again);
    }

    /** A blue-green that is not promoted by itself waits with its preview for somebody to resume it. */
    private void pause(RsCopy fresh) {
        int due = rollout.isPreviewScaledUp()
                ? rollout.replicas()
                : rollout.previewReplicas().orElse(rollout.replicas());
        boolean waits = !rollout.isAborted()
                && !rollout.isHalted()
                && !rollout.promotesByItself()
                && !rollout.isPreviewScaledUp()
                && !isFirst()
                && fresh.size() == due
                && fresh.available() >= due;
        if (waits && !rollout.isControllerPaused()) {
            pauses.add(Pauses.BLUE_GREEN);
        }
    }

    private boolean isFirst() {
        return services.activeHash().isEmpty() || services.activeHash().equals(state.freshHash());
    }

    private boolean mayCutOver() {
        return !rollout.isAborted() && !rollout.isHalted() && (rollout.promotesByItself() || isFirst() || isResumed());
    }

    private boolean isResumed() {
        return !pauses.isAdding()
                && (rollout.isPreviewScaledUp()
                        || (rollout.isControllerPaused() && !rollout.hasPause(Pauses.BLUE_GREEN)));
    }

    private Decision status(Optional<Duration> again) {
        RolloutStatus status = turn.baseStatus();
        boolean scaledUp = rollout.previewReplicas().isPresent()
                && !rollout.promotesByItself()
                && !state.isTemplateChanged()
                && isResumed();
        status.selectors(services.activeHash(), services.previewHash(), scaledUp && !isFirst());
        promotion(status).ifPresent(reason -> turn.promote(status, reason));
        countServing(status);
        return turn.finish(status, pauses, again);
    }

    private Optional<String> promotion(RolloutStatus status) {
        if (state.stable().isEmpty() || status.activeSelector().isEmpty()) {
            return Optional.of("Initial deploy");
        }
        return status.activeSelector().equals(status.text("currentPodHash"))
                ? Optional.of("Completed blue-green update")
                : Optional.empty();
    }

    private void countServing(RolloutStatus status) {
        Optional<RsCopy> active = state.byHash(status.activeSelector());
        var serving = turn.serving(status.activeSelector());
        status.count("HPAReplicas", SyncTurn.sum(serving, RsCopy::replicas));
        status.count("availableReplicas", SyncTurn.sum(serving, RsCopy::available));
        status.count("readyReplicas", SyncTurn.sum(serving, RsCopy::ready));
        status.text(
                "selector",
                RolloutView.formatted(active.map(RsCopy::selectorLabels).orElse(rollout.selectorLabels())));
    }
}
