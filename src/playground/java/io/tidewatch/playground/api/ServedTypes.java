package io.tidewatch.playground.api;

import static io.tidewatch.playground.api.ResourceType.Trait.CREATED_BY_PUT;
import static io.tidewatch.playground.api.ResourceType.Trait.CUSTOM;
import static io.tidewatch.playground.api.ResourceType.Trait.GENERATION;
import static io.tidewatch.playground.api.ResourceType.Trait.NAMESPACED;
import static io.tidewatch.playground.api.ResourceType.Trait.STATUS;
import static io.tidewatch.playground.api.ResourceType.Trait.VERSIONED_PUT;

import io.tidewatch.playground.api.ResourceType.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The kinds this API server serves: what Tidewatch, the simulated controllers and a person with kubectl need. */
final class ServedTypes {

    private static final EnumSet<Trait> PLAIN = EnumSet.of(NAMESPACED);
    private static final EnumSet<Trait> CREATABLE_BY_PUT = EnumSet.of(NAMESPACED, CREATED_BY_PUT);
    private static final EnumSet<Trait> WITH_STATUS = EnumSet.of(NAMESPACED, STATUS);
    private static final EnumSet<Trait> WORKLOAD = EnumSet.of(NAMESPACED, STATUS, GENERATION);
    private static final EnumSet<Trait> CUSTOM_RESOURCE =
            EnumSet.of(NAMESPACED, STATUS, GENERATION, CUSTOM, VERSIONED_PUT);

    private static final String[] METADATA = {"metadata.ownerReferences[uid]", "metadata.finalizers[=]"};

    private static final String[] POD_SPEC = {
        "containers[name]",
        "containers[name].env[name]",
        "containers[name].ports[containerPort,protocol=TCP]",
        "containers[name].volumeMounts[mountPath]",
        "initContainers[name]",
        "initContainers[name].env[name]",
        "initContainers[name].ports[containerPort,protocol=TCP]",
        "initContainers[name].volumeMounts[mountPath]",
        "volumes[name]",
        "imagePullSecrets[name]",
        "hostAliases[ip]",
        "nodeSelector{}",
        "topologySpreadConstraints[topologyKey,whenUnsatisfiable]"
    };

    static final ResourceType NAMESPACES = ResourceType.of(
            "v1", "Namespace", "namespaces", EnumSet.of(STATUS), with(METADATA, "status.conditions[type]"));

    static final ResourceType ROLLOUTS = ResourceType.of(
                    "argoproj.io/v1alpha1", "Rollout", "rollouts", CUSTOM_RESOURCE, with(METADATA, "spec.selector{}"))
            .withScale("/spec/replicas", "/status/HPAReplicas", "/status/selector")
            .withSchema(Schema.resource("rollout.schema"));

    static final ResourceType SCALED_OBJECTS = ResourceType.of(
                    "keda.sh/v1alpha1", "ScaledObject", "scaledobjects", CUSTOM_RESOURCE, METADATA)
            .withSchema(Schema.resource("scaledobject.schema"));

    private static final List<ResourceType> ALL = List.of(
            NAMESPACES,
            ROLLOUTS,
            SCALED_OBJECTS,
            ResourceType.of("v1", "Pod", "pods", WORKLOAD, with(podSpec("spec"), "status.conditions[type]")),
            ResourceType.of("v1", "Event", "events", CREATABLE_BY_PUT, METADATA),
            ResourceType.of("events.k8s.io/v1", "Event", "events", CREATABLE_BY_PUT, METADATA),
            ResourceType.of(
                    "v1",
                    "Service",
                    "services",
                    WITH_STATUS,
                    with(METADATA, "spec.ports[port,protocol=TCP]", "spec.selector{}", "status.conditions[type]")),
            ResourceType.of("v1", "ConfigMap", "configmaps", PLAIN, METADATA),
            ResourceType.of("v1", "Secret", "secrets", PLAIN, METADATA),
            ResourceType.of("v1", "ServiceAccount", "serviceaccounts", PLAIN, METADATA),
            ResourceType.of("v1", "ResourceQuota", "resourcequotas", WITH_STATUS, METADATA),
            ResourceType.of("v1", "LimitRange", "limitranges", CREATABLE_BY_PUT, METADATA),
            ResourceType.of(
                    "v1",
                    "Node",
                    "nodes",
                    EnumSet.of(STATUS),
                    with(METADATA, "status.conditions[type]", "status.addresses[type]")),
            ResourceType.of(
                            "apps/v1",
                            "ReplicaSet",
                            "replicasets",
                            WORKLOAD,
                            with(podSpec("spec.template.spec"), "spec.selector{}", "status.conditions[type]"))
                    .withScale("/spec/replicas", "/status/replicas", "/spec/selector"),
            ResourceType.of(
                            "apps/v1",
                            "Deployment",
                            "deployments",
                            WORKLOAD,
                            with(podSpec("spec.template.spec"), "spec.selector{}", "status.conditions[type]"))
                    .withScale("/spec/replicas", "/status/replicas", "/spec/selector"),
            ResourceType.of(
                            "apps/v1",
                            "StatefulSet",
                            "statefulsets",
                            WORKLOAD,
                            with(podSpec("spec.template.spec"), "spec.selector{}", "status.conditions[type]"))
                    .withScale("/spec/replicas", "/status/replicas", "/spec/selector"),
            ResourceType.of("apps/v1", "ControllerRevision", "controllerrevisions", PLAIN, METADATA),
            ResourceType.of(
                    "v1",
                    "PersistentVolumeClaim",
                    "persistentvolumeclaims",
                    WITH_STATUS,
                    with(METADATA, "status.conditions[type]")),
            ResourceType.of(
                    "autoscaling/v2",
                    "HorizontalPodAutoscaler",
                    "horizontalpodautoscalers",
                    WITH_STATUS,
                    with(METADATA, "spec.scaleTargetRef{}", "status.conditions[type]")),
            ResourceType.of(
                    "policy/v1",
                    "PodDisruptionBudget",
                    "poddisruptionbudgets",
                    WORKLOAD,
                    with(METADATA, "spec.selector{}", "status.conditions[type]")),
            ResourceType.of(
                    "coordination.k8s.io/v1",
                    "Lease",
                    "leases",
                    EnumSet.of(NAMESPACED, VERSIONED_PUT, CREATED_BY_PUT),
                    METADATA),
            ResourceType.of(
                    "apiextensions.k8s.io/v1",
                    "CustomResourceDefinition",
                    "customresourcedefinitions",
                    EnumSet.of(STATUS, GENERATION),
                    with(METADATA, "status.conditions[type]")));

    private ServedTypes() {}

    static List<ResourceType> all() {
        return ALL;
    }

    static Optional<ResourceType> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(type -> type.plural().equals(plural)
                        && type.group().equals(group)
                        && type.version().equals(version))
                .findFirst();
    }

    private static String[] podSpec(String at) {
        List<String> paths = new ArrayList<>(Arrays.asList(METADATA));
        for (String path : POD_SPEC) {
            paths.add(at + "." + path);
        }
        return paths.toArray(String[]::new);
    }

    private static String[] with(String[] first, String... more) {
        List<String> both = new ArrayList<>(Arrays.asList(first));
        both.addAll(Arrays.asList(more));
        return both.toArray(String[]::new);
    }
}
