package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds that the simulated controllers watch or write, with where the API server serves them. */
enum Kind {
    SCALED_OBJECT("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects"),
    HPA("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
    ROLLOUT("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
    REPLICA_SET("apps", "v1", "ReplicaSet", "replicasets"),
    POD("", "v1", "Pod", "pods"),
    SERVICE("", "v1", "Service", "services"),
    DISRUPTION_BUDGET("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
    RESOURCE_QUOTA("", "v1", "ResourceQuota", "resourcequotas"),
    DEPLOYMENT("apps", "v1", "Deployment", "deployments"),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets"),
    CONTROLLER_REVISION("apps", "v1", "ControllerRevision", "controllerrevisions"),
    CLAIM("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
    EVENT("", "v1", "Event", "events");

    private final String group;
    private final String version;
    private final String kindName;
    private final String plural;

    Kind(String group, String version, String kindName, String plural) {
        this.group = group;
        this.version = version;
        this.kindName = kindName;
        this.plural = plural;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String kindName() {
        return kindName;
    }

    /** {@code deployments.apps}, as messages name the resource. */
    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The collection's path below the server's address. */
    String path(String namespace) {
        String root = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        return root + "/namespaces/" + namespace + "/" + plural;
    }

    String path(ObjectKey key) {
        return path(key.namespace()) + "/" + key.name();
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kindName)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
