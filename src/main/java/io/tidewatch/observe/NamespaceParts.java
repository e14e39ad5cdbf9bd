package io.tidewatch.observe;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits what is seen by namespace: a chain is in one namespace, because references and owners name none. In a dump an object may have lost
 * its namespace, so what has an owner, and an Event about an object, is where that is.
 */
final class NamespaceParts {

    private final Map<String, Part> parts = new HashMap<>();

    /** By uid. */
    private final Map<String, String> namespaces = new HashMap<>();

    /** Objects of one namespace mostly follow each other. */
    private @Nullable String last;

    private @Nullable Part lastPart;

    private static final class Part {

        private final List<ScaledObjectView> scaledObjects = new ArrayList<>();
        private final List<HpaView> hpas = new ArrayList<>();
        private final List<Workload> workloads = new ArrayList<>();
        private final List<ReplicaSetView> replicaSets = new ArrayList<>();
        private final List<PodView> pods = new ArrayList<>();
        private final List<EventView> events = new ArrayList<>();

        ClusterState of(ClusterState seen) {
            return seen.only(scaledObjects, hpas, workloads, replicaSets, pods, events);
        }
    }

    private NamespaceParts() {}

    /** By namespace, all that chains are made of there; without the namespaces in which nothing is seen. */
    static Map<String, ClusterState> of(ClusterState seen) {
        NamespaceParts split = new NamespaceParts();
        boolean hasEvents = !seen.events().isEmpty();
        seen.scaledObjects()
                .forEach(view -> split.at(view.meta(), hasEvents).scaledObjects.add(view));
        seen.hpas().forEach(view -> split.at(view.meta(), hasEvents).hpas.add(view));
        seen.workloads().forEach(view -> split.at(view.meta(), true).workloads.add(view));
        seen.replicaSets()
                .forEach(view -> split.at(view.meta(), true).replicaSets.add(view));
        seen.pods().forEach(view -> split.at(view.meta(), hasEvents).pods.add(view));
        seen.events()
                .forEach(view -> split.part(split.namespaceOf(view.involvedUid(), view.namespace()))
                        .events
                        .add(view));
        return split.parts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().of(seen)));
    }

    /** @param isAskedFor whether something may name it by its uid */
    private Part at(ObjectMeta meta, boolean isAskedFor) {
        String namespace =
                meta.owner().map(owner -> namespaceOf(owner, meta.namespace())).orElse(meta.namespace());
        if (isAskedFor) {
            namespaces.put(meta.uid(), namespace);
        }
        return part(namespace);
    }

    private String namespaceOf(String uid, String otherwise) {
        return uid.isEmpty() ? otherwise : namespaces.getOrDefault(uid, otherwise);
    }

    private Part part(String namespace) {
        if (lastPart == null || !namespace.equals(last)) {
            last = namespace;
            lastPart = parts.computeIfAbsent(namespace, unknown -> new Part());
        }
        return lastPart;
    }
}
