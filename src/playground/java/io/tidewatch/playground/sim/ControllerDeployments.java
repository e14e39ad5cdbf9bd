package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** Creates the controllers' own Deployments, from which versions are read. No process runs behind them. */
final class ControllerDeployments {
    static final String KEDA_VERSION = "2.20.2";

    /** Without a version: where a real Deployment controller is at work, it writes the status at the same time. */
    private static final String RUNNING = "{\"status\":{\"replicas\":1,\"readyReplicas\":1,\"availableReplicas\":1}}";

    private ControllerDeployments() {}

    /** Creates the Deployments, and their namespaces, where they are missing. */
    static void ensure(KubernetesClient client, ClusterDoor door, RolloutsVersion version) {
        for (Write.Create deployment : of(version)) {
            String namespace = deployment.namespace();
            if (client.namespaces().withName(namespace).get() == null) {
                client.namespaces()
                        .resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create();
            }
            door.ensure(deployment, "playground");
            client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName(nameOf(deployment))
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), RUNNING);
        }
    }

    /** Whether it is one of them: no controller makes pods for it. */
    static boolean isOne(ObjectKey key) {
        return key.equals(new ObjectKey("argo-rollouts", "argo-rollouts"))
                || key.equals(new ObjectKey("keda", "keda-operator"));
    }

    private static String nameOf(Write.Create deployment) {
        return deployment.object().get("metadata") instanceof Map<?, ?> metadata
                ? String.valueOf(metadata.get("name"))
                : "";
    }

    static List<Write.Create> of(RolloutsVersion version) {
        return List.of(
                deployment(
                        "argo-rollouts",
                        "argo-rollouts",
                        "rollouts-controller",
                        "quay.io/argoproj/argo-rollouts:" + version.tag(),
                        version.tag()),
                deployment("keda", "keda-operator", "operator", "ghcr.io/kedacore/keda:" + KEDA_VERSION, KEDA_VERSION));
    }

    private static Write.Create deployment(
            String namespace, String name, String component, String image, String version) {
        Map<String, Object> labels = Map.of(
                "app", name,
                "app.kubernetes.io/name", name,
                "app.kubernetes.io/component", component,
                "app.kubernetes.io/version", version);
        Map<String, Object> object = Map.of(
                "apiVersion", Kind.DEPLOYMENT.apiVersion(),
                "kind", Kind.DEPLOYMENT.kindName(),
                "metadata", Map.of("name", name, "namespace", namespace, "labels", labels),
                "spec",
                        Map.of(
                                "replicas", 1,
                                "selector", Map.of("matchLabels", Map.of("app", name)),
                                "template",
                                        Map.of(
                                                "metadata", Map.of("labels", Map.of("app", name)),
                                                "spec",
                                                        Map.of(
                                                                "containers",
                                                                List.of(Map.of("name", name, "image", image))))));
        return new Write.Create(Kind.DEPLOYMENT, namespace, object);
    }
}
