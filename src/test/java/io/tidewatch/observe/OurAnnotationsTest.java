package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ObjectMeta;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Annotations of ours that another manager owns are not ours. */
class OurAnnotationsTest {

    private static final Map<String, String> RESTORED = Map.of(
            "tidewatch.io/instance", "somebody-else",
            "tidewatch.io/applied", "5..20",
            "tidewatch.io/hold-until", "2026-11-22T15:00:00Z",
            "tidewatch.io/hold-reason", "load test");

    @Test
    void whatKubectlRestoredIsNotBelieved() {
        ObjectMeta meta =
                read(entry("kubectl-client-side-apply", RESTORED.keySet().toArray(String[]::new)));

        assertThat(meta.annotations()).containsOnlyKeys("tidewatch.io/hold-until", "tidewatch.io/hold-reason");
        assertThat(meta.hasForeignAnnotations()).isTrue();
    }

    @Test
    void eachKeyIsJudgedByItself() {
        ObjectMeta meta = read(entry("tidewatch", "tidewatch.io/applied"), entry("kubectl", "tidewatch.io/instance"));

        assertThat(meta.annotation("tidewatch.io/applied")).contains("5..20");
        assertThat(meta.annotation("tidewatch.io/instance")).isEmpty();
    }

    @Test
    void whatWeOwnTooIsOurs() {
        ObjectMeta meta = read(entry("tidewatch", "tidewatch.io/instance"), entry("kubectl", "tidewatch.io/instance"));

        assertThat(meta.annotation("tidewatch.io/instance")).contains("somebody-else");
    }

    @Test
    void aDumpWithoutManagersIsBelieved() {
        ObjectMeta meta = read();

        assertThat(meta.annotations()).isEqualTo(RESTORED);
        assertThat(meta.hasForeignAnnotations()).isFalse();
    }

    @SafeVarargs
    private static ObjectMeta read(Map<String, Object>... managedFields) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", "checkout");
        metadata.put("namespace", "shop");
        metadata.put("annotations", RESTORED);
        metadata.put("managedFields", List.of(managedFields));
        return ObjectReader.scaledObject(Map.of("metadata", metadata, "spec", Map.of()), Instant.EPOCH)
                .meta();
    }

    private static Map<String, Object> entry(String manager, String... annotations) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String annotation : annotations) {
            fields.put("f:" + annotation, Map.of());
        }
        return Map.of(
                "manager",
                manager,
                "operation",
                "Update",
                "fieldsV1",
                Map.of("f:metadata", Map.of("f:annotations", fields)));
    }
}
