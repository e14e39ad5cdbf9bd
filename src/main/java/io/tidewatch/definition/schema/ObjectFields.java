package io.tidewatch.definition.schema;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Place;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that every object has: those of the document itself, and those of its metadata. No version adds others. */
final class ObjectFields {

    private static final List<String> OF_DOCUMENT = List.of("apiVersion", "kind", "metadata", "spec", "status");

    /** Those that people write; the cluster writes the others. */
    private static final List<String> WRITTEN_METADATA =
            List.of("name", "namespace", "labels", "annotations", "finalizers", "generateName", "ownerReferences");

    private static final String METADATA = "metadata";

    private final Findings findings;
    private final FieldTable table;

    /** @param table of the kind, for fields that belong below the spec */
    ObjectFields(Findings findings, FieldTable table) {
        this.findings = findings;
        this.table = table;
    }

    /** Reports unknown fields of both; the values of known fields are not checked. */
    void check(Place document) {
        document.fields().stream()
                .filter(field -> !field.isNull() && !OF_DOCUMENT.contains(field.name()))
                .forEach(field -> report(field, "a manifest", OF_DOCUMENT));
        document.field(METADATA).map(Place::fields).orElse(List.of()).stream()
                .filter(field -> !field.isNull() && !ofMetadata().containsKey(field.name()))
                .forEach(field -> report(field, METADATA, WRITTEN_METADATA));
    }

    /** What Kubernetes takes below the metadata. */
    static Map<String, Field> ofMetadata() {
        return PodTemplate.METADATA.table().fields(PodTemplate.METADATA.key());
    }

    private void report(Place field, String where, Collection<String> known) {
        findings.error(
                field,
                "unknown-field",
                "unknown field of " + where + ", so the API server rejects an apply; " + right(field, known));
    }

    private String right(Place field, Collection<String> known) {
        if (OF_DOCUMENT.contains(field.name())) {
            return "it belongs beside metadata, not below it; fix the indentation";
        }
        Optional<String> near = Nearest.to(field.name(), known);
        Optional<String> holder =
                WRITTEN_METADATA.contains(field.name()) ? Optional.of(METADATA) : table.onlyHolderOf(field.name());
        if (holder.isPresent()) {
            return "it belongs to " + holder.get();
        }
        return near.map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "known fields are " + String.join(", ", known));
    }
}
