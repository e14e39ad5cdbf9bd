package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.ResourceQuotaView;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ResourceQuotas and LimitRanges of the namespaces in which a raise is near; they are watched only until it is written. */
final class RaiseWatches {

    private final KindWatch<ResourceQuotaView> quotas;
    private final KindWatch<LimitRangeView> limitRanges;

    RaiseWatches(Readers readers, WatchContext context) {
        this.quotas = new KindWatch<>(Kinds.RESOURCE_QUOTA, Selection.ALL, readers.quotas(), context);
        this.limitRanges = new KindWatch<>(Kinds.LIMIT_RANGE, Selection.ALL, readers.limitRanges(), context);
    }

    /** Watches these namespaces from now on, and no other. */
    void watch(Set<String> namespaces) {
        kinds().forEach(kind -> kind.watch(namespaces));
    }

    Quotas known() {
        Set<String> knownIn = quotas.namespaces().stream()
                .filter(namespace -> kinds().allMatch(kind -> kind.isKnown(namespace)))
                .collect(Collectors.toUnmodifiableSet());
        return new Quotas(
                quotas.all().stream()
                        .filter(quota -> knownIn.contains(quota.namespace()))
                        .toList(),
                limitRanges.all().stream()
                        .filter(range -> knownIn.contains(range.namespace()))
                        .toList(),
                knownIn,
                rejected());
    }

    private Map<String, String> rejected() {
        Map<String, String> rejected = new TreeMap<>();
        kinds().forEach(kind -> kind.namespaces().stream()
                .filter(kind::isForbidden)
                .forEach(namespace -> rejected.put(
                        namespace, "the permission to list " + kind.kind().plural() + " is missing")));
        return rejected;
    }

    Stream<KindWatch<?>> kinds() {
        return Stream.of(quotas, limitRanges);
    }
}
