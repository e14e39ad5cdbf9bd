package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.PodNeeds.ContainerNeeds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How much of each resource one pod uses up, by the names that a quota has for it. A pod asks for the larger of what runs together
 * (containers and sidecars) and the peak of its init containers, each of which runs beside the sidecars before it; and for its
 * overhead.
 */
record PodUsage(Map<String, BigDecimal> byResource) {

    private static final Set<String> WITH_LIMITS = Set.of("cpu", "memory", "ephemeral-storage");

    PodUsage {
        byResource = Map.copyOf(byResource);
    }

    static PodUsage of(AdmittedPod pod) {
        Map<String, BigDecimal> usage = new HashMap<>();
        usage.put("pods", BigDecimal.ONE);
        usage.put("count/pods", BigDecimal.ONE);
        Map<String, BigDecimal> overhead = pod.template().overhead();
        Map<String, BigDecimal> requests = total(pod, ContainerNeeds::requests);
        overhead.forEach((name, amount) -> requests.merge(name, amount, BigDecimal::add));
        Map<String, BigDecimal> limits = total(pod, ContainerNeeds::limits);
        limits.replaceAll((name, amount) ->
                amount.signum() == 0 ? amount : amount.add(overhead.getOrDefault(name, BigDecimal.ZERO)));
        requests.forEach((name, amount) -> {
            usage.put("requests." + name, amount);
            if (WITH_LIMITS.contains(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (WITH_LIMITS.contains(name)) {
                usage.put("limits." + name, amount);
            }
        });
        return new PodUsage(usage);
    }

    private static Map<String, BigDecimal> total(
            AdmittedPod pod, Function<ContainerNeeds, Map<String, BigDecimal>> of) {
        Map<String, BigDecimal> together = new HashMap<>();
        pod.containers().forEach(one -> add(together, of.apply(one)));
        Map<String, BigDecimal> sidecars = new HashMap<>();
        Map<String, BigDecimal> peak = new HashMap<>();
        for (ContainerNeeds init : pod.initContainers()) {
            Map<String, BigDecimal> running = new HashMap<>(sidecars);
            add(running, of.apply(init));
            running.forEach((name, amount) -> peak.merge(name, amount, BigDecimal::max));
            if (init.sidecar()) {
                sidecars = running;
            }
        }
        add(together, sidecars);
        peak.forEach((name, amount) -> together.merge(name, amount, BigDecimal::max));
        return together;
    }

    private static void add(Map<String, BigDecimal> sum, Map<String, BigDecimal> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
    }

    /** Whether a quota's resource is an amount that pods ask for, and no number of objects. */
    static boolean isAmount(String resource) {
        return (resource.startsWith("requests.") && !resource.equals("requests.storage"))
                || resource.startsWith("limits.")
                || resource.startsWith("hugepages-")
                || WITH_LIMITS.contains(resource);
    }

    /** Absent resources are not asked for. */
    BigDecimal of(String resource) {
        return byResource.getOrDefault(resource, BigDecimal.ZERO);
    }

    boolean has(String resource) {
        return byResource.containsKey(resource);
    }
}
