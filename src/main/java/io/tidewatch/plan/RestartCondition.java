package io.tidewatch.plan;

import io.tidewatch.model.Durations;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.text.RemedyText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether the pods of a Rollout may be replaced now to correct its status: outside of windows, with one revision, with pods that
 * can replace one another, allowed by every PodDisruptionBudget, and early enough before the next edge.
 *
 * @param budgets those that count for its pods
 */
record RestartCondition(DesiredBounds desired, RolloutView rollout, List<BudgetView> budgets, Moment now) {

    /** Argo Rollouts evicts the next pods of a restart after this time. */
    private static final Duration EVICTIONS = Duration.ofSeconds(30);

    private static final int LEAST_REPLICAS = 2;

    /** Why a restart may not begin; absent: it may. */
    Optional<String> obstacle() {
        if (desired.window().isPresent()) {
            return Optional.of(RemedyText.windowIsOpen(desired.window().get().name()));
        }
        if (rollout.desiredReplicas() < LEAST_REPLICAS) {
            return Optional.of(RemedyText.oneReplica(rollout.desiredReplicas()));
        }
        if (!rollout.isPromoted() || isPaused()) {
            return Optional.of(RemedyText.updating(rollout.meta().name()));
        }
        if (rollout.status().restarting()) {
            return Optional.of(RemedyText.restarting(rollout.meta().name()));
        }
        return owner().or(this::forbidden).or(this::tooLate);
    }

    private boolean isPaused() {
        return rollout.paused()
                || rollout.status().controllerPause()
                || !rollout.status().pauseReasons().isEmpty();
    }

    /** A tool that applies the field would set it again, and again restart the pods. */
    private Optional<String> owner() {
        return rollout.meta().writers().stream()
                .filter(writer -> writer.remedied().contains(FieldWriter.RESTART_AT))
                .filter(FieldManagers::isApplier)
                .findFirst()
                .map(writer -> RemedyText.ownedBy(writer.manager(), FieldWriter.RESTART_AT));
    }

    /** An eviction would wait for it. */
    private Optional<String> forbidden() {
        return budgets.stream()
                .filter(budget -> budget.allowed().orElse(0) <= 0)
                .findFirst()
                .map(budget -> RemedyText.forbidden(budget.name(), budget.allowed()));
    }

    private Optional<String> tooLate() {
        return desired.next()
                .filter(edge -> now.plus(length()).isAfter(edge))
                .map(edge -> RemedyText.tooLate(
                        Durations.words(length()), edge, desired.schedule().timeZone()));
    }

    /** How long the controller takes at least to replace all pods. */
    Duration length() {
        int allowed = budgets.stream()
                .mapToInt(budget -> budget.allowed().orElse(0))
                .min()
                .orElse(Integer.MAX_VALUE);
        int together = Math.max(1, Math.min(rollout.maxUnavailable(), allowed));
        int turns = (rollout.desiredReplicas() + together - 1) / together;
        return EVICTIONS.multipliedBy(turns);
    }
}
