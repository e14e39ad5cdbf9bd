package io.tidewatch.playground.sim;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object as a watch delivered it, read field by field; absent numbers read as 0, absent texts as empty. */
record Live(GenericKubernetesResource object) {

    ObjectKey key() {
        return new ObjectKey(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    String name() {
        return object.getMetadata().getName();
    }

    String uid() {
        return object.getMetadata().getUid();
    }

    String resourceVersion() {
        String version = object.getMetadata().getResourceVersion();
        return version == null ? "" : version;
    }

    long generation() {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    boolean deleting() {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    Instant created() {
        String created = object.getMetadata().getCreationTimestamp();
        return created == null ? Instant.EPOCH : Instant.parse(created);
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    Map<String, String> labels() {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** The uid of the controlling owner, if it is of this kind. */
    Optional<String> controllerUid(Kind ownerKind) {
        return controller(ownerKind).map(OwnerReference::getUid);
    }

    Optional<String> controllerName(Kind ownerKind) {
        return controller(ownerKind).map(OwnerReference::getName);
    }

    private Optional<OwnerReference> controller(Kind ownerKind) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController())
                        && ownerKind.kindName().equals(owner.getKind()))
                .findFirst();
    }

    boolean has(String... path) {
        return at(path).isPresent();
    }

    int integer(String... path) {
        return integerOr(0, path);
    }

    int integerOr(int absent, String... path) {
        return at(path).map(value -> Fields.integer(value)).orElse(absent);
    }

    String text(String... path) {
        return at(path).map(Object::toString).orElse("");
    }

    boolean flag(String... path) {
        return at(path).map(value -> Boolean.parseBoolean(value.toString())).orElse(false);
    }

    Map<String, Object> map(String... path) {
        return at(path).map(Fields::map).orElse(Map.of());
    }

    List<Map<String, Object>> maps(String... path) {
        return at(path).map(Fields::maps).orElse(List.of());
    }

    Optional<Object> at(String... path) {
        return Fields.at(object.getAdditionalProperties(), path);
    }
}
