package io.tidewatch.model.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a workload's spec.selector by which its pods are requested.
 *
 * @param labels matchLabels, sorted; empty where the selector has expressions alone
 */
public record PodSelector(Map<String, String> labels) {

    public static final PodSelector NONE = new PodSelector(Map.of());

    public PodSelector {
        labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
