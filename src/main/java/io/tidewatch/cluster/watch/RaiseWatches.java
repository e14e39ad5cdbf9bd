package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.watch.KindWatch.Trigger;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.FailedSchedulings;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.cluster.ResourceQuotaView;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ResourceQuotas, the LimitRanges and the Events about pods without a node, of the namespaces in which a raise is near; they are
 * watched only until it is written.
 */
final class RaiseWatches {

    /** An API server keeps Events for an hour by default; the scheduler repeats one Event for each pod. */
    private static final int EVENTS = 500;

    private final KindWatch<ResourceQuotaView> quotas;
    private final KindWatch<LimitRangeView> limitRanges;
    private final KindWatch<EventView> failedSchedulings;

    RaiseWatches(Readers readers, WatchContext context) {
        this.quotas = new KindWatch<>(Kinds.RESOURCE_QUOTA, Selection.ALL, readers.quotas(), context);
        this.limitRanges = new KindWatch<>(Kinds.LIMIT_RANGE, Selection.ALL, readers.limitRanges(), context);
        this.failedSchedulings = new KindWatch<>(
                Kinds.EVENT,
                Selection.where(Map.of("reason", FailedSchedulings.REASON, "involvedObject.kind", "Pod"), Map.of())
                        .atMost(EVENTS),
                readers.events(),
                context,
                Trigger.NO_CHANGE);
    }

    /** Watches these namespaces from now on, and no other. */
    void watch(Set<String> namespaces) {
        kinds().forEach(kind -> kind.watch(namespaces));
    }

    RaiseFacts known() {
        return new RaiseFacts(
                knownQuotas(), new FailedSchedulings(failedSchedulings.all(), rejected(Stream.of(failedSchedulings))));
    }

    private Quotas knownQuotas() {
        Set<String> knownIn = quotas.namespaces().stream()
                .filter(namespace -> ofQuotas().allMatch(kind -> kind.isKnown(namespace)))
                .collect(Collectors.toUnmodifiableSet());
        return new Quotas(
                quotas.all().stream()
                        .filter(quota -> knownIn.contains(quota.namespace()))
                        .toList(),
                limitRanges.all().stream()
                        .filter(range -> knownIn.contains(range.namespace()))
                        .toList(),
                knownIn,
                rejected(ofQuotas()));
    }

    private static Map<String, String> rejected(Stream<KindWatch<?>> kinds) {
        Map<String, String> rejected = new TreeMap<>();
        kinds.forEach(kind -> kind.namespaces().stream()
                .filter(kind::isForbidden)
                .forEach(namespace -> rejected.put(
                        namespace, "the permission to list " + kind.kind().plural() + " is missing")));
        return rejected;
    }

    Stream<KindWatch<?>> kinds() {
        return Stream.of(quotas, limitRanges, failedSchedulings);
    }

    private Stream<KindWatch<?>> ofQuotas() {
        return Stream.of(quotas, limitRanges);
    }
}
