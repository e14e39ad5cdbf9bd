package io.tidewatch.observe;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.TargetObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is seen, by namespace, indexed where it is not what was seen before. */
final class NamespaceChains {

    private final ClusterState seen;
    private final Linked before;
    private final boolean hasNoStatus;
    private final boolean isJudgedAlike;
    private final Map<String, ClusterState> parts;
    private final Map<String, Boolean> same = new HashMap<>();
    private final Map<String, Observations> indexes = new HashMap<>();

    NamespaceChains(ClusterState seen, Linked before) {
        this.seen = seen;
        this.before = before;
        this.hasNoStatus = hasNoStatus(seen);
        this.isJudgedAlike = hasNoStatus == hasNoStatus(before.seen());
        this.parts = NamespaceParts.of(seen);
    }

    /** The chain of before, where the same would be made. */
    Optional<TargetObservation> known(Target target, boolean isHpa) {
        return isJudgedAlike && same.computeIfAbsent(target.namespace(), this::isSame)
                ? before.chain(target, isHpa)
                : Optional.empty();
    }

    private boolean isSame(String namespace) {
        return before.isSameIn(namespace, part(namespace));
    }

    Observations index(String namespace) {
        return indexes.computeIfAbsent(namespace, unknown -> new Observations(part(unknown), hasNoStatus));
    }

    private ClusterState part(String namespace) {
        ClusterState part = parts.get(namespace);
        return part != null ? part : seen.only(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Map<String, ClusterState> parts() {
        return parts;
    }

    /** The API server writes a status of these kinds from the first moment on, so a tool has removed what is not there. */
    private static boolean hasNoStatus(ClusterState seen) {
        boolean isAny = Stream.of(seen.replicaSets(), seen.pods(), seen.hpas(), seen.controllers())
                .anyMatch(views -> !views.isEmpty());
        return isAny
                && seen.replicaSets().stream().allMatch(set -> set.replicas() == ReplicaSetView.NOT_WRITTEN)
                && seen.pods().stream().noneMatch(PodView::hasStatus)
                && seen.hpas().stream().allMatch(hpa -> hpa.desiredReplicas().isEmpty())
                && seen.controllers().stream()
                        .allMatch(controller -> controller.readyReplicas().isEmpty())
                && seen.workloads().stream()
                        .noneMatch(workload -> workload.claimed().isPresent())
                && seen.scaledObjects().stream()
                        .allMatch(scaledObject -> scaledObject.conditions().isEmpty());
    }
}
