package io.tidewatch.model.cluster;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is read of a ResourceQuota. The API server enforces the numbers of its status, by resource name.
 *
 * @param hard status.hard
 * @param used status.used
 * @param scopes all of them must match a pod; of {@code spec.scopes} and {@code spec.scopeSelector}
 * @param unreadable the resources of spec.hard whose numbers in the status are missing or cannot be read
 */
public record ResourceQuotaView(
        String namespace,
        String name,
        Map<String, BigDecimal> hard,
        Map<String, BigDecimal> used,
        List<Scope> scopes,
        Set<String> unreadable) {

    public ResourceQuotaView {
        hard = Map.copyOf(hard);
        used = Map.copyOf(used);
        scopes = List.copyOf(scopes);
        unreadable = Set.copyOf(unreadable);
    }

    /**
     * @param name as {@code PriorityClass}
     * @param operator {@code Exists}, {@code DoesNotExist}, {@code In} or {@code NotIn}
     */
    public record Scope(String name, String operator, List<String> values) {

        public Scope {
            values = List.copyOf(values);
        }
    }
}
