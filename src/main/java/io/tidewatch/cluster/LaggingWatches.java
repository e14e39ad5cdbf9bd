package io.tidewatch.cluster;

import io.tidewatch.cluster.KindWatch.Surroundings;
import io.tidewatch.cluster.KindWatch.Wakes;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.LeaseView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked for only while a target lags: the Events of its namespace, and whether the controllers renew their Leases.
 *
 * <p>Of Events the warnings, and what KEDA says of ScaledObjects besides, for with a normal one it takes a warning back;
 * kept are those that concern the links of a chain. A Lease is renewed every few seconds, which is no reason for a pass.
 */
final class LaggingWatches {

    private static final Set<String> CHAIN =
            Set.of("ScaledObject", "HorizontalPodAutoscaler", "Rollout", "ReplicaSet", "Pod");

    private static final Map<String, String> OURS = Map.of("reportingComponent", KubernetesEvent.REPORTER);

    private final KindWatch<Optional<EventView>> warnings;
    private final KindWatch<Optional<EventView>> reliefs;
    private final KindWatch<LeaseView> leases;

    LaggingWatches(Readers readers, Surroundings around) {
        Reader<Optional<EventView>> ofChains = (raw, seenAt) ->
                Optional.of(readers.events().read(raw, seenAt)).filter(event -> CHAIN.contains(event.involvedKind()));
        this.warnings =
                new KindWatch<>(Kinds.EVENT, Selection.where(Map.of("type", "Warning"), OURS), ofChains, around);
        this.reliefs = new KindWatch<>(
                Kinds.EVENT,
                Selection.where(Map.of("type", "Normal", "involvedObject.kind", "ScaledObject"), OURS),
                ofChains,
                around);
        this.leases = new KindWatch<>(Kinds.LEASE, Selection.ALL, readers.leases(), around, Wakes.ONCE);
    }

    /** Looks at these namespaces from now on, and no other. */
    void at(Set<String> lagging, Set<String> controllers) {
        events().forEach(kind -> kind.watch(lagging));
        leases.watch(lagging.isEmpty() ? Set.of() : controllers);
    }

    /** Where all Events that are asked for are known. */
    Set<String> eventsSeenIn() {
        return warnings.namespaces().stream()
                .filter(namespace -> events().allMatch(kind -> kind.isSeen(namespace)))
                .collect(Collectors.toUnmodifiableSet());
    }

    List<EventView> knownEvents() {
        return events().flatMap(kind -> kind.all().stream())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those that are known well enough: what is not renewed is told from what is not heard of. */
    List<LeaseView> knownLeases(Instant now) {
        return leases.allSeen((lease, heardUntil) -> lease.isConclusive(heardUntil, now));
    }

    /** Makes sure that what happened to the Leases until then will be known. */
    void makeSureOfLeases(Instant needed) {
        leases.makeSure(needed);
    }

    Stream<KindWatch<?>> kinds() {
        return Stream.of(warnings, reliefs, leases);
    }

    private Stream<KindWatch<Optional<EventView>>> events() {
        return Stream.of(warnings, reliefs);
    }
}
