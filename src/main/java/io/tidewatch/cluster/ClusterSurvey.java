package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Survey.Right;
import io.tidewatch.model.cluster.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the version of an API server, which of the needed kinds it serves, and which permissions are granted. A permission is checked
 * for all namespaces first, and for each namespace only if it is not granted everywhere.
 *
 * @param controllers how a Deployment is read
 * @param controllerNamespaces where KEDA and the Rollouts controller run
 * @param writes false: nothing is ever written
 * @param applies whether a source applies its objects
 */
public record ClusterSurvey(
        KubernetesClient client,
        Reader<ControllerView> controllers,
        Set<String> controllerNamespaces,
        boolean writes,
        boolean applies) {

    private static final int FORBIDDEN = 403;

    /**
     * @param namespaces those that definitions name
     * @param uses the namespaces with schedules that use more than minimums of ScaledObjects
     * @throws RuntimeException when the API server does not answer
     */
    public Survey survey(Set<String> namespaces, Map<Use, Set<String>> uses, Instant now) {
        var version = client.getKubernetesVersion();
        List<Right> denied = new ArrayList<>();
        boolean checked = true;
        for (Right permission : Permissions.needed(writes, applies)) {
            if (!isGranted(permission)) {
                checked &= !namespaces.isEmpty();
                denied.addAll(denied(permission, new TreeSet<>(namespaces)));
            }
        }
        uses.forEach((use, inNamespaces) -> {
            for (Right permission : Permissions.of(use, writes, applies)) {
                if (!inNamespaces.isEmpty() && !isGranted(permission)) {
                    denied.addAll(denied(permission, new TreeSet<>(inNamespaces)));
                }
            }
        });
        for (Right permission : Permissions.ofControllers()) {
            if (!isGranted(permission)) {
                denied.addAll(denied(permission, new TreeSet<>(controllerNamespaces)));
            }
        }
        return new Survey(
                client.getMasterUrl().toString(),
                version == null ? "unknown" : version.getGitVersion(),
                served(),
                found(now),
                denied,
                checked);
    }

    /** The kinds are checked, not their groups: Argo CD alone serves argoproj.io too, and has no Rollouts. */
    private Map<String, List<String>> served() {
        Map<String, List<String>> served = new TreeMap<>();
        for (Kinds kind : List.of(Kinds.ROLLOUT, Kinds.SCALED_OBJECT)) {
            APIGroup group = client.getApiGroup(kind.group());
            List<String> versions = group == null
                    ? List.of()
                    : group.getVersions().stream()
                            .filter(version -> serves(version.getGroupVersion(), kind.kind()))
                            .map(GroupVersionForDiscovery::getVersion)
                            .toList();
            if (!versions.isEmpty()) {
                served.put(kind.group(), versions);
            }
        }
        return served;
    }

    private boolean serves(String groupVersion, String kind) {
        APIResourceList resources = client.getApiResources(groupVersion);
        return resources != null
                && resources.getResources().stream().anyMatch(resource -> kind.equals(resource.getKind()));
    }

    private List<Right> denied(Right permission, Set<String> namespaces) {
        return namespaces.stream()
                .map(permission::in)
                .filter(inNamespace -> !isGranted(inNamespace))
                .toList();
    }

    private boolean isGranted(Right permission) {
        return isGranted(permission, "");
    }

    /** @param name of the only object; empty: any */
    private boolean isGranted(Right permission, String name) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(permission.verb())
                .withGroup(permission.group())
                .withResource(permission.resource())
                .withNamespace(permission.namespace())
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer =
                client.authorization().v1().selfSubjectAccessReview().create(review);
        return answer.getStatus() != null
                && Objects.requireNonNullElse(answer.getStatus().getAllowed(), false);
    }

    /**
     * The permissions of the election that are missing. A role may grant those for this Lease alone.
     *
     * @param namespace of the Lease
     * @param lease its name
     */
    public List<Right> missingForElection(String namespace, String lease) {
        return Permissions.ofElection().stream()
                .map(permission -> permission.in(namespace))
                .filter(permission -> !isGranted(permission, permission.verb().equals("create") ? "" : lease))
                .toList();
    }

    private List<ControllerView> found(Instant now) {
        RawObjects raw = new RawObjects(client);
        List<ControllerView> found = new ArrayList<>();
        for (String namespace : new TreeSet<>(controllerNamespaces)) {
            deployments(namespace).forEach(deployment -> found.add(controllers.read(raw.of(deployment), now)));
        }
        return found;
    }

    /** Empty if they may not be listed; that permission is then among the denied. */
    private List<GenericKubernetesResource> deployments(String namespace) {
        try {
            return client.genericKubernetesResources(Kinds.DEPLOYMENT.context())
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException rejection) {
            if (rejection.getCode() == FORBIDDEN) {
                return List.of();
            }
            throw rejection;
        }
    }
}
