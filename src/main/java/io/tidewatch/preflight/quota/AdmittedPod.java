package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.LimitRangeView.Defaults;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodNeeds.ContainerNeeds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod as the API server admits it: a container without a request for a resource gets its limit, then come the defaults of the
 * LimitRanges. Quota is checked after that.
 */
record AdmittedPod(PodNeeds template, List<ContainerNeeds> containers, List<ContainerNeeds> initContainers) {

    static AdmittedPod of(PodNeeds template, List<LimitRangeView> ranges) {
        List<Defaults> defaults =
                ranges.stream().flatMap(range -> range.defaults().stream()).toList();
        return new AdmittedPod(
                template,
                template.containers().stream().map(one -> with(one, defaults)).toList(),
                template.initContainers().stream()
                        .map(one -> with(one, defaults))
                        .toList());
    }

    private static ContainerNeeds with(ContainerNeeds written, List<Defaults> defaults) {
        Map<String, BigDecimal> requests = new HashMap<>(written.requests());
        written.limits().forEach(requests::putIfAbsent);
        Map<String, BigDecimal> limits = new HashMap<>(written.limits());
        defaults.forEach(one -> {
            one.requests().forEach(requests::putIfAbsent);
            one.limits().forEach(limits::putIfAbsent);
        });
        return new ContainerNeeds(written.name(), written.sidecar(), requests, limits);
    }

    /** The same without containers and overhead: a pod that counts as one pod. */
    AdmittedPod withoutAmounts() {
        PodNeeds none = new PodNeeds(
                List.of(),
                List.of(),
                Map.of(),
                template.hasDeadline(),
                template.priorityClass(),
                template.crossNamespaceAffinity(),
                template.incomputable());
        return new AdmittedPod(none, List.of(), List.of());
    }

    Stream<ContainerNeeds> all() {
        return Stream.concat(containers.stream(), initContainers.stream());
    }

    /** Whether no container asks for any cpu or memory (the class BestEffort). */
    boolean isBestEffort() {
        return all().flatMap(one -> Stream.of(one.requests(), one.limits()))
                .flatMap(amounts -> Stream.of("cpu", "memory").map(name -> amounts.getOrDefault(name, BigDecimal.ZERO)))
                .allMatch(amount -> amount.signum() == 0);
    }
}
