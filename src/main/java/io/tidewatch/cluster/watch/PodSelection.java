package io.tidewatch.cluster.watch;

import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pods of several workloads of one namespace, selected by one label that each of their selectors asks for. It may select pods of
 * others too, which their owner tells apart; never all pods of the namespace.
 *
 * @param label of pods and, for a Deployment, of its ReplicaSets
 * @param values any of them; empty: every value
 */
record PodSelection(String label, NavigableSet<String> values) {

    /** A selector is a part of the URL; a value has 63 characters at most. */
    private static final int MOST_VALUES = 50;

    /** What the controllers themselves put on each pod, for a selector without a plain label. */
    private static final String OF_DEPLOYMENTS = "pod-template-hash";

    private static final String OF_STATEFUL_SETS = "statefulset.kubernetes.io/pod-name";

    PodSelection {
        values = java.util.Collections.unmodifiableNavigableSet(new TreeSet<>(values));
    }

    /** The selection of one workload: by the label that names it best. */
    static PodSelection of(Workload workload, Map<String, String> labels) {
        String name = workload.meta().name();
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .min((one, other) -> Integer.compare(distance(one, name), distance(other, name)))
                        .map(label -> new PodSelection(label.getKey(), new TreeSet<>(Set.of(label.getValue()))))
                        .orElseGet(() -> new PodSelection(
                                workload.kind().equals(WorkloadKind.DEPLOYMENT) ? OF_DEPLOYMENTS : OF_STATEFUL_SETS,
                                new TreeSet<>()));
    }

    /** A label whose value is the workload's name selects few pods of others; so does one that contains it. */
    private static int distance(Map.Entry<String, String> label, String name) {
        if (label.getValue().equals(name)) {
            return 0;
        }
        return label.getValue().contains(name) ? 1 : 2;
    }

    /** Whether every pod of the other selection is selected. */
    boolean covers(PodSelection other) {
        return label.equals(other.label)
                && (values.isEmpty() || (!other.values.isEmpty() && values.containsAll(other.values)));
    }

    private boolean sharesWith(PodSelection other) {
        return label.equals(other.label)
                && (values.equals(other.values) || values.stream().anyMatch(value -> other.values.contains(value)));
    }

    /**
     * The selections to watch. Those that are watched stay as they are while any workload needs them, so that a workload that comes
     * does not interrupt what is known of the others.
     */
    static List<PodSelection> toWatch(List<PodSelection> watched, List<PodSelection> needed) {
        List<PodSelection> result = new ArrayList<>(watched.stream()
                .filter(one -> needed.stream().anyMatch(one::sharesWith))
                .toList());
        Map<String, List<PodSelection>> missing = needed.stream()
                .filter(one -> result.stream().noneMatch(kept -> kept.covers(one)))
                .collect(Collectors.groupingBy(PodSelection::label, LinkedHashMap::new, Collectors.toList()));
        missing.forEach((label, selections) -> {
            if (selections.stream().anyMatch(one -> one.values.isEmpty())) {
                result.add(new PodSelection(label, new TreeSet<>()));
                return;
            }
            List<String> values = selections.stream()
                    .flatMap(one -> one.values.stream())
                    .distinct()
                    .sorted()
                    .toList();
            for (int from = 0; from < values.size(); from += MOST_VALUES) {
                result.add(new PodSelection(
                        label, new TreeSet<>(values.subList(from, Math.min(values.size(), from + MOST_VALUES)))));
            }
        });
        return List.copyOf(result);
    }

    /** As the API server takes it. */
    String text() {
        return values.isEmpty() ? label : label + " in (" + String.join(",", values) + ")";
    }
}
