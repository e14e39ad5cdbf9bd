package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.Budgets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PodDisruptionBudgets of the namespaces whose schedules may restart a Rollout. */
final class RestartWatches {

    private final KindWatch<BudgetView> budgets;

    RestartWatches(Readers readers, WatchContext context) {
        this.budgets = new KindWatch<>(Kinds.POD_DISRUPTION_BUDGET, Selection.ALL, readers.budgets(), context);
    }

    /** Watches these namespaces from now on, and no other. */
    void watch(Set<String> namespaces) {
        budgets.watch(namespaces);
    }

    Budgets known() {
        Set<String> pending = budgets.namespaces().stream()
                .filter(namespace -> !budgets.isKnown(namespace) && !budgets.isForbidden(namespace))
                .collect(Collectors.toUnmodifiableSet());
        return new Budgets(budgets.all(), pending);
    }

    Stream<KindWatch<?>> kinds() {
        return Stream.of(budgets);
    }
}
