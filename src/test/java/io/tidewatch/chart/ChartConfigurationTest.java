package io.tidewatch.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.model.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration that the chart writes, read as {@code run} reads it, with the files of the Secrets that are mounted. */
class ChartConfigurationTest {

    private static final Map<String, String> SECRETS = Map.of(
            "/run/secrets/git/token", "t",
            "/run/secrets/slack/webhook", "https://hooks.example.com/x",
            "/run/secrets/http/token", "0123456789abcdef",
            "/run/secrets/postgresql/url", "jdbc:postgresql://db.example.com:5432/tidewatch",
            "/run/secrets/postgresql/jdbc-url", "jdbc:postgresql://db.example.com:5432/tidewatch",
            "/run/secrets/postgresql/username", "tidewatch",
            "/run/secrets/postgresql/user", "tidewatch",
            "/run/secrets/postgresql/password", "p",
            "/run/secrets/postgresql/pass", "p");

    static List<String> renderings() {
        return Chart.RENDERINGS;
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void isRightAndItsPlacesAreMounted(String rendering) {
        Configuration configuration = configuration(rendering);

        assertThat(mounts(rendering))
                .contains("/etc/tidewatch", configuration.stateDirectory().toString(), "/tmp");
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theHookChecksWhatTheReleaseWillRun(String rendering) {
        List<JsonNode> files = Chart.objects(rendering, "ConfigMap").stream()
                .filter(map -> map.path("data").has("sources.yaml"))
                .map(map -> map.path("data"))
                .toList();

        assertThat(files).hasSize(2);
        assertThat(files.get(0)).isEqualTo(files.get(1));
        assertThat(Stream.of("/spec/template/spec/initContainers/0", "/spec/template/spec/containers/0")
                        .flatMap(at -> Stream.of("Deployment", "Job")
                                .map(kind ->
                                        Chart.objects(rendering, kind).get(0).at(at))
                                .filter(container ->
                                        container.path("name").asText().equals("check"))))
                .hasSize(2)
                .allSatisfy(check -> assertThat(check.path("args").toString())
                        .isEqualTo("[\"run\",\"--check\",\"--config\",\"/etc/tidewatch\"]"));
    }

    @Test
    void replicasShareOnePostgresqlAndWriteNothingWithoutTheLease() {
        Configuration configuration = configuration("replicas");

        assertThat(configuration.database().orElseThrow().jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.example.com:5432/tidewatch");
        assertThat(configuration.leaderElection().enabled()).isEqualTo(Configuration.LeaderElection.Enabled.TRUE);
    }

    private static Configuration configuration(String rendering) {
        JsonNode data = Chart.objects(rendering, "ConfigMap").stream()
                .filter(map -> map.at("/metadata/name").asText().equals("tidewatch"))
                .findFirst()
                .orElseThrow()
                .path("data");
        Map<String, String> files = new HashMap<>();
        data.fields()
                .forEachRemaining(
                        file -> files.put(file.getKey(), file.getValue().asText()));
        List<String> mounts = mounts(rendering);
        ConfigurationResult read = ConfigurationReader.read(
                files,
                Map.of(),
                path -> Optional.ofNullable(SECRETS.get(path))
                        .filter(text -> mounts.contains(path.substring(0, path.lastIndexOf('/')))));

        assertThat(read.problems())
                .filteredOn(problem -> problem.severity() == Problem.Severity.ERROR)
                .isEmpty();
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private static List<String> mounts(String rendering) {
        return StreamSupport.stream(
                        Chart.objects(rendering, "Deployment")
                                .get(0)
                                .at("/spec/template/spec/containers/0/volumeMounts")
                                .spliterator(),
                        false)
                .map(mount -> mount.path("mountPath").asText())
                .toList();
    }
}
