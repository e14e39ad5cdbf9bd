package io.tidewatch.model.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a PodDisruptionBudget.
 *
 * @param selector absent: it selects no pod
 * @param allowed how many pods may be evicted now; absent before its controller has counted them
 */
public record BudgetView(String namespace, String name, Optional<LabelSelector> selector, OptionalInt allowed) {

    /** Whether it counts for pods with these labels. A selector that cannot be read counts. */
    public boolean selects(Map<String, String> labels) {
        return selector.filter(found -> found.selects(labels).orElse(true)).isPresent();
    }
}
