package io.tidewatch.definition.read;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields that the cluster writes, as in the output of {@code kubectl get -o yaml}. They are left out of a manifest: an apply with
 * {@code managedFields} is rejected, and an apply with an old {@code resourceVersion} or {@code uid} is a conflict.
 */
final class ServerFields {

    private static final String METADATA = "metadata";
    private static final String STATUS = "status";
    private static final Set<String> OF_METADATA = Set.of(
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid");

    private ServerFields() {}

    /** One warning for all fields of the metadata, one for the status. */
    static void warn(Place document, Findings findings) {
        List<Place> written = document.field(METADATA).map(Place::fields).orElse(List.of()).stream()
                .filter(field -> OF_METADATA.contains(field.name()) && !field.isNull())
                .toList();
        if (!written.isEmpty()) {
            findings.warning(
                    written.get(0),
                    "not-for-git",
                    "the API server writes "
                            + String.join(
                                    ", ", written.stream().map(Place::name).toList())
                            + "; leave out what kubectl get adds");
        }
        document.field(STATUS)
                .filter(place -> !place.isNull())
                .ifPresent(place ->
                        findings.warning(place, "not-for-git", "the status is written by the cluster; leave it out"));
    }

    /** The same manifest without these fields. */
    static Map<String, Object> leftOut(Map<String, Object> manifest) {
        Map<String, Object> rest = new LinkedHashMap<>(manifest);
        rest.remove(STATUS);
        if (manifest.get(METADATA) instanceof Map<?, ?> metadata) {
            Map<String, Object> kept = new LinkedHashMap<>();
            metadata.forEach((name, value) -> {
                if (!OF_METADATA.contains(String.valueOf(name))) {
                    kept.put(String.valueOf(name), value);
                }
            });
            rest.put(METADATA, Collections.unmodifiableMap(kept));
        }
        return Collections.unmodifiableMap(rest);
    }
}
