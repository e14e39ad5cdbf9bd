package io.tidewatch.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Helm makes of the chart. {@code -Dtidewatch.chart.write=true} writes the renderings anew, and {@code deploy/render.sh} the manifests
 * in {@code deploy}.
 */
@Tag("tools")
class ChartTest {

    @TempDir
    private Path folder;

    static List<String> renderings() {
        return Chart.RENDERINGS;
    }

    @Test
    void helmFindsNothingWrong() {
        Tool.Ran ran = Tool.assumed("helm").run(List.of("lint", "--strict", Chart.FOLDER.toString()));

        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(ran.said()).doesNotContain("[WARNING]").doesNotContain("[ERROR]");
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void aRenderingIsAsItIsKept(String rendering) throws IOException {
        Tool.Ran ran = Tool.assumed("helm").run(Chart.template(rendering));

        assertThat(ran.code()).as(ran.said()).isZero();
        if (Boolean.getBoolean("tidewatch.chart.write")) {
            Files.writeString(Chart.kept(rendering), ran.output());
        }
        assertThat(ran.output()).isEqualTo(Files.readString(Chart.kept(rendering)));
        assertThat(ran.output().lines()).noneMatch(line -> line.endsWith(" "));
    }

    /** There is no release yet, so that these are the values of the first one; each release puts its own there. */
    @ParameterizedTest
    @MethodSource("renderings")
    void theValuesOfTheVersionBeforeAreStillValues(String rendering) {
        Tool.Ran ran = Tool.assumed("helm").run(Chart.template(Chart.valuesBefore(rendering)));

        assertThat(ran.code()).as(ran.said()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replica=2                           | additional properties 'replica' not allowed
            image.repositry=x                   | at '/image': additional properties 'repositry' not allowed
            replicas=2                          | at '/postgresql/existingSecret': minLength
            replicas=two                        | at '/replicas': got string, want integer
            instance=Tide Watch                 | at '/instance': 'Tide Watch' does not match pattern
            http.enabled=true                   | at '/http/existingSecret': minLength
            monitoring.prometheusRule.enabled=true | at '/monitoring/prometheusRule/runbooks': minLength
            secrets.http.existingSecret=x       | secrets.http: the chart has a folder of that name itself
            config.settings.tidewatch\\.instance=x | config.settings: tidewatch.instance is written by the chart; set instance
            config.settings.tidewach\\.resync=5m | at '/config/settings': additional properties 'tidewach.resync' not allowed
            config.sources=[                    | config.sources is not YAML
            config.alerts=[                     | config.alerts is not YAML
            config.sources=                     | config.sources: give the text of your sources.yaml
            image.repository=                   | image.repository: set it to the image that your nodes can pull
            roles.minimums.namespaces=null      | roles.minimums: name the namespaces that Tidewatch may manage
            roles.minimums.clusterWide=true     | roles.minimums: either clusterWide or namespaces, not both
            roles.apply.namespaces={Shop}       | at '/roles/apply/namespaces/0': 'Shop' does not match pattern
            """)
    void aWrongValueIsNamed(String value, String said) {
        Tool.Ran ran = Tool.assumed("helm").run(Chart.template("default", "--set", value));

        assertThat(ran.code()).as(ran.said()).isNotZero();
        assertThat(ran.said()).contains(said);
    }

    @Test
    void severalReplicasWithoutPostgresqlMustBeWanted() {
        Tool.Ran ran = Tool.assumed("helm")
                .run(Chart.template("default", "--set", "replicas=2,allowReplicasWithoutPostgresql=true"));

        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(ran.output()).doesNotContain("kind: PersistentVolumeClaim").contains("emptyDir: {sizeLimit: 1Gi}");
    }

    @Test
    void theManifestsWithoutHelmAreThoseOfTheChart() throws IOException {
        Tool helm = Tool.assumed("helm");
        Tool.Ran ran = Tool.run(
                List.of("bash", "deploy/render.sh", folder.toString()),
                helm.program().getParent());

        assertThat(ran.code()).as(ran.said()).isZero();
        List<String> compared = new ArrayList<>();
        for (Path rendered : filesIn(folder)) {
            Path kept = Path.of("deploy").resolve(folder.relativize(rendered).toString());
            assertThat(Files.readString(kept)).as("%s", kept).isEqualTo(Files.readString(rendered));
            compared.add(folder.relativize(rendered).toString());
        }
        assertThat(compared)
                .contains("rbac.yaml", "deployment.yaml", "network-policy.yaml", "person.yaml")
                .hasSize(9);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
