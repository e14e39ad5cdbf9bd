package io.tidewatch.model.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ResourceQuotas and LimitRanges of the namespaces that have a raise in its preflight.
 *
 * @param knownIn the namespaces in which all of both are known
 * @param rejectedIn by namespace, why they cannot be listed
 */
public record Quotas(
        List<ResourceQuotaView> quotas,
        List<LimitRangeView> limitRanges,
        Set<String> knownIn,
        Map<String, String> rejectedIn) {

    /** Nothing is known of any namespace. */
    public static final Quotas NONE = new Quotas(List.of(), List.of(), Set.of(), Map.of());

    public Quotas {
        quotas = List.copyOf(quotas);
        limitRanges = List.copyOf(limitRanges);
        knownIn = Set.copyOf(knownIn);
        rejectedIn = Map.copyOf(rejectedIn);
    }

    public List<ResourceQuotaView> quotasIn(String namespace) {
        return quotas.stream()
                .filter(quota -> quota.namespace().equals(namespace))
                .toList();
    }

    public List<LimitRangeView> limitRangesIn(String namespace) {
        return limitRanges.stream()
                .filter(range -> range.namespace().equals(namespace))
                .toList();
    }
}
