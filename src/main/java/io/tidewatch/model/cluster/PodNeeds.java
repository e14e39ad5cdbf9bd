package io.tidewatch.model.cluster;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pods of a ReplicaSet ask for, as its template has it: before the API server adds the defaults of LimitRanges.
 *
 * @param initContainers in the order in which they run
 * @param overhead of its RuntimeClass; where the template has none, the API server may still add one
 * @param hasDeadline whether activeDeadlineSeconds is set
 * @param priorityClass absent: the API server takes the cluster's default, if there is one
 * @param crossNamespaceAffinity whether a term of its pod affinity or anti-affinity names other namespaces
 * @param incomputable why its numbers cannot be computed; absent where they can
 */
public record PodNeeds(
        List<ContainerNeeds> containers,
        List<ContainerNeeds> initContainers,
        Map<String, BigDecimal> overhead,
        boolean hasDeadline,
        Optional<String> priorityClass,
        boolean crossNamespaceAffinity,
        Optional<String> incomputable) {

    public PodNeeds {
        containers = List.copyOf(containers);
        initContainers = List.copyOf(initContainers);
        overhead = Map.copyOf(overhead);
    }

    /**
     * The resources of one container, by name: {@code cpu} in cores, {@code memory} in bytes, extended resources in units.
     *
     * @param sidecar an init container with restartPolicy Always, which runs as long as the pod
     */
    public record ContainerNeeds(
            String name, boolean sidecar, Map<String, BigDecimal> requests, Map<String, BigDecimal> limits) {

        public ContainerNeeds {
            requests = Map.copyOf(requests);
            limits = Map.copyOf(limits);
        }
    }
}
