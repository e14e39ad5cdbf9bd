package io.tidewatch.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.HpaView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and removes a person's hold on a ScaledObject, or on an HPA without KEDA. It has a field manager of its own, so that the reconciler's applies neither
 * contain nor remove it.
 */
public record Holds(KubernetesClient client) {

    private static final String PERSON = "tidewatch-hold";
    private static final int NOT_FOUND = 404;

    /**
     * @return whether something was changed: always true, because each hold has a new end
     * @throws KubernetesClientException when the API server rejects the request, or has no such object
     * @throws IllegalArgumentException for an HPA that belongs to a ScaledObject
     */
    public boolean hold(Target target, Instant until, String reason) {
        annotate(target, until.toString(), reason);
        return true;
    }

    /**
     * @return false where the target was not held
     * @throws KubernetesClientException when the API server rejects the request, or has no such object
     * @throws IllegalArgumentException for an HPA that belongs to a ScaledObject
     */
    public boolean release(Target target) {
        Optional<GenericKubernetesResource> live =
                find(Kinds.SCALED_OBJECT, target).or(() -> find(Kinds.HPA, target));
        if (live.filter(one -> !annotationsOf(one).containsKey(Annotations.HOLD_UNTIL))
                .isPresent()) {
            return false;
        }
        annotate(target, null, null);
        return true;
    }

    /**
     * The annotations of all ScaledObjects, and of all HPAs without KEDA.
     *
     * @param namespace absent: of all namespaces
     * @throws KubernetesClientException when the API server rejects the request
     */
    public Map<Target, Map<String, String>> annotations(Optional<String> namespace) {
        Map<Target, Map<String, String>> annotations = new HashMap<>();
        list(Kinds.HPA, namespace).stream()
                .filter(hpa -> scaledObjectOf(hpa).isEmpty())
                .forEach(hpa -> annotations.put(target(hpa), annotationsOf(hpa)));
        list(Kinds.SCALED_OBJECT, namespace).forEach(one -> annotations.put(target(one), annotationsOf(one)));
        return annotations;
    }

    private List<GenericKubernetesResource> list(Kinds kind, Optional<String> namespace) {
        return namespace
                .map(name -> client.genericKubernetesResources(kind.context())
                        .inNamespace(name)
                        .list())
                .orElseGet(() -> client.genericKubernetesResources(kind.context())
                        .inAnyNamespace()
                        .list())
                .getItems();
    }

    /** By a list, since the role of Tidewatch's own pod, where people type this too, has no {@code get}. */
    private Optional<GenericKubernetesResource> find(Kinds kind, Target target) {
        try {
            return client
                    .genericKubernetesResources(kind.context())
                    .inNamespace(target.namespace())
                    .withField("metadata.name", target.name())
                    .list()
                    .getItems()
                    .stream()
                    .findFirst();
        } catch (KubernetesClientException rejection) {
            if (rejection.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw rejection;
        }
    }

    private static Target target(GenericKubernetesResource object) {
        return new Target(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private static Map<String, String> annotationsOf(GenericKubernetesResource object) {
        Map<String, String> written = object.getMetadata().getAnnotations();
        return written == null ? Map.of() : written;
    }

    private static Optional<String> scaledObjectOf(GenericKubernetesResource hpa) {
        Map<String, String> labels = hpa.getMetadata().getLabels();
        return Optional.ofNullable(labels)
                .map(written -> written.get(HpaView.OF_SCALED_OBJECT))
                .or(() -> hpa.getMetadata().getOwnerReferences().stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController())
                                && owner.getKind().equals(Kinds.SCALED_OBJECT.kind()))
                        .map(OwnerReference::getName)
                        .findFirst());
    }

    /** A ScaledObject of the name counts; only where there is none is the HPA of the name meant. */
    private void annotate(Target target, @Nullable String until, @Nullable String reason) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put(Annotations.HOLD_UNTIL, until);
        annotations.put(Annotations.HOLD_REASON, reason);
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", annotations)));
        try {
            patch(Kinds.SCALED_OBJECT, target, patch);
        } catch (KubernetesClientException rejection) {
            if (rejection.getCode() != NOT_FOUND || !isHpaWithoutKeda(target)) {
                throw rejection;
            }
            patch(Kinds.HPA, target, patch);
        }
    }

    private boolean isHpaWithoutKeda(Target target) {
        Optional<GenericKubernetesResource> hpa = find(Kinds.HPA, target);
        hpa.flatMap(Holds::scaledObjectOf).ifPresent(owner -> {
            throw new IllegalArgumentException("HorizontalPodAutoscaler " + target + " belongs to ScaledObject " + owner
                    + "; hold or release " + owner);
        });
        return hpa.isPresent();
    }

    private void patch(Kinds kind, Target target, String patch) {
        object(kind, target)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(PERSON)
                                .build(),
                        patch);
    }

    private Resource<GenericKubernetesResource> object(Kinds kind, Target target) {
        GenericKubernetesResource named = new RawObjects(client)
                .resource(Map.of(
                        "apiVersion",
                        kind.apiVersion(),
                        "kind",
                        kind.kind(),
                        "metadata",
                        Map.of("name", target.name(), "namespace", target.namespace())));
        return client.genericKubernetesResources(kind.context())
                .inNamespace(target.namespace())
                .resource(named);
    }
}
