package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a user applies to run Tidewatch in a cluster. */
class InstallManifestTest {

    private final List<Map<String, Object>> documents = documents();

    @Test
    void itsConfigurationIsRightAndKeepsItsStateOnTheVolume() {
        @SuppressWarnings("unchecked") // the data of a ConfigMap are texts
        Map<String, String> files = (Map<String, String>) of("ConfigMap").get("data");

        ConfigurationResult read = ConfigurationReader.read(
                files,
                Map.of(),
                path -> Optional.of(path)
                        .filter(one -> one.startsWith("/run/secrets/tidewatch/"))
                        .map(one -> "https://hooks.example.com/x\n"));

        assertThat(read.problems()).extracting(Problem::message).isEmpty();
        Configuration configuration = ((ConfigurationResult.Accepted) read).configuration();
        assertThat(mounts())
                .anyMatch(mount -> mount.equals(Map.of(
                        "name",
                        "state",
                        "mountPath",
                        configuration.stateDirectory().toString())));
        assertThat(configuration.http()).isEqualTo(Configuration.Http.DEFAULT);
    }

    @Test
    void thereIsNeverMoreThanOneOfIt() {
        Map<String, Object> spec = map(of("Deployment").get("spec"));

        assertThat(spec).containsEntry("replicas", 1).containsEntry("strategy", Map.of("type", "Recreate"));
    }

    @Test
    void theKubeletAsksWhereHealthIsAnswered() {
        Map<String, Object> container = container();
        @SuppressWarnings("unchecked") // the data of a ConfigMap are texts
        Map<String, String> files = (Map<String, String>) of("ConfigMap").get("data");

        assertThat(files.get("application.properties")).contains("tidewatch.management.address = 0.0.0.0:8711");
        assertThat(container.get("ports")).isEqualTo(List.of(Map.of("name", "management", "containerPort", 8711)));
        assertThat(map(container.get("livenessProbe")).get("httpGet"))
                .isEqualTo(Map.of("path", "/observe/health/live", "port", "management"));
        assertThat(map(container.get("readinessProbe")).get("httpGet"))
                .isEqualTo(Map.of("path", "/observe/health/ready", "port", "management"));
    }

    private List<?> mounts() {
        return (List<?>) container().get("volumeMounts");
    }

    private Map<String, Object> container() {
        Map<String, Object> pod =
                map(map(map(of("Deployment").get("spec")).get("template")).get("spec"));
        return map(((List<?>) pod.get("containers")).get(0));
    }

    private Map<String, Object> of(String kind) {
        return documents.stream()
                .filter(document -> document.get("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // a YAML object has text keys
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<Map<String, Object>> documents() {
        try {
            Iterable<Object> all = new Yaml().loadAll(Files.readString(Path.of("deploy/deployment.yaml")));
            return StreamSupport.stream(all.spliterator(), false)
                    .map(InstallManifestTest::map)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
