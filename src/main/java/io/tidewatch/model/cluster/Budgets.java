package io.tidewatch.model.cluster;

import java.util.List;
import java.util.Set;

/**
 * The PodDisruptionBudgets of the namespaces whose schedules may restart a Rollout.
 *
 * @param pendingIn the namespaces in which they are not listed yet; where they may not be listed, nothing is pending and none is known
 */
public record Budgets(List<BudgetView> all, Set<String> pendingIn) {

    /** None is known, and none is asked for. */
    public static final Budgets NONE = new Budgets(List.of(), Set.of());

    public Budgets {
        all = List.copyOf(all);
        pendingIn = Set.copyOf(pendingIn);
    }

    /** Those that count for the pods of a Rollout. */
    public List<BudgetView> of(RolloutView rollout) {
        return all.stream()
                .filter(budget -> budget.namespace().equals(rollout.meta().namespace()))
                .filter(budget -> budget.selects(rollout.podLabels()))
                .toList();
    }

    /** Whether the budgets of a Rollout's namespace will be known in a moment. */
    public boolean arePending(RolloutView rollout) {
        return pendingIn.contains(rollout.meta().namespace());
    }
}
