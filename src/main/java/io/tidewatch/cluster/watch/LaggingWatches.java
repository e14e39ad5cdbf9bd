package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.Reader;
import io.tidewatch.cluster.watch.KindWatch.Trigger;
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
 * What is watched only while a target lags: the Events of its namespace, and the Leases of the controllers.
 *
 * <p>Of Events, the warnings and KEDA's normal Events about ScaledObjects, because a normal Event ends a warning before it;
 * and the rescales of HPAs, because their counts prove another writer of spec.replicas. Only Events about the objects of a chain are kept. A Lease is renewed every few seconds, which triggers no pass.
 */
final class LaggingWatches {

    private static final Set<String> CHAIN = Set.of(
            "ScaledObject", "HorizontalPodAutoscaler", "Rollout", "Deployment", "StatefulSet", "ReplicaSet", "Pod");

    private static final Map<String, String> OURS = Map.of("reportingComponent", KubernetesEvent.REPORTER);

    private final KindWatch<Optional<EventView>> warnings;
    private final KindWatch<Optional<EventView>> normal;
    private final KindWatch<Optional<EventView>> rescales;
    private final KindWatch<LeaseView> leases;

    LaggingWatches(Readers readers, WatchContext context) {
        Reader<Optional<EventView>> ofChains = (raw, seenAt) ->
                Optional.of(readers.events().read(raw, seenAt)).filter(event -> CHAIN.contains(event.involvedKind()));
        this.warnings =
                new KindWatch<>(Kinds.EVENT, Selection.where(Map.of("type", "Warning"), OURS), ofChains, context);
        this.normal = new KindWatch<>(
                Kinds.EVENT,
                Selection.where(Map.of("type", "Normal", "involvedObject.kind", "ScaledObject"), OURS),
                ofChains,
                context);
        this.rescales = new KindWatch<>(
                Kinds.EVENT,
                Selection.where(Map.of("type", "Normal", "reason", "SuccessfulRescale"), OURS),
                ofChains,
                context);
        this.leases = new KindWatch<>(Kinds.LEASE, Selection.ALL, readers.leases(), context, Trigger.NO_CHANGE);
    }

    /**
     * Watches these namespaces from now on, and no other.
     *
     * @param lagging the namespaces of lagging targets
     * @param controllers the namespaces of the controllers
     */
    void watch(Set<String> lagging, Set<String> controllers) {
        events().forEach(kind -> kind.watch(lagging));
        leases.watch(lagging.isEmpty() ? Set.of() : controllers);
    }

    /** The namespaces whose selected Events are all known. */
    Set<String> eventsKnownIn() {
        return warnings.namespaces().stream()
                .filter(namespace -> events().allMatch(kind -> kind.isKnown(namespace)))
                .collect(Collectors.toUnmodifiableSet());
    }

    List<EventView> knownEvents() {
        return events().flatMap(kind -> kind.all().stream())
                .flatMap(Optional::stream)
                .toList();
    }

    /** The Leases that were observed for long enough to prove whether they are renewed. */
    List<LeaseView> knownLeases(Instant now) {
        return leases.allKnown((lease, observedUntil) -> lease.isConclusive(observedUntil, now));
    }

    /** Makes sure that everything that happens to the Leases until then will be known. */
    void observeLeasesUntil(Instant needed) {
        leases.observeUntil(needed);
    }

    Stream<KindWatch<?>> kinds() {
        return Stream.of(warnings, normal, rescales, leases);
    }

    private Stream<KindWatch<Optional<EventView>>> events() {
        return Stream.of(warnings, normal, rescales);
    }
}
