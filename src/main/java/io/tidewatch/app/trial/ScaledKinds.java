package io.tidewatch.app.trial;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector.ByLabels;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the autoscalers of schedules scale, as they stand in the cluster. What may not be listed there is not known. */
record ScaledKinds(KubernetesClient client) {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** The namespaces in which Deployments and StatefulSets are scaled. */
    Map<Use, Set<String>> of(List<ScaleSchedule> schedules) {
        Map<Use, Set<String>> uses = new EnumMap<>(Use.class);
        for (ScaleSchedule schedule : schedules) {
            autoscalers(schedule).stream()
                    .flatMap(autoscaler -> use(autoscaler).stream())
                    .forEach(use ->
                            uses.computeIfAbsent(use, first -> new TreeSet<>()).add(schedule.namespace()));
        }
        return uses;
    }

    private List<GenericKubernetesResource> autoscalers(ScaleSchedule schedule) {
        TargetSelector targets = schedule.targets();
        NonNamespaceOperation<
                        GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                all = client.genericKubernetesResources(
                                Kinds.of(targets.kind().kind()).context())
                        .inNamespace(schedule.namespace());
        try {
            return targets instanceof ByLabels labels
                    ? all.withLabels(labels.matchLabels()).list().getItems()
                    : all.withField("metadata.name", targets.single().orElse(""))
                            .list()
                            .getItems();
        } catch (KubernetesClientException rejection) {
            if (rejection.getCode() == FORBIDDEN || rejection.getCode() == NOT_FOUND) {
                return List.of();
            }
            throw rejection;
        }
    }

    /** KEDA takes a Deployment where no kind is written. */
    private static Optional<Use> use(GenericKubernetesResource autoscaler) {
        String kind =
                autoscaler.get("spec", "scaleTargetRef", "kind") instanceof String written ? written : "Deployment";
        return switch (kind) {
            case "Deployment" -> Optional.of(Use.DEPLOYMENTS);
            case "StatefulSet" -> Optional.of(Use.STATEFUL_SETS);
            default -> Optional.empty();
        };
    }
}
