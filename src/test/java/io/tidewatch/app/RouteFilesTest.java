package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation without a folder of routes runs the routes of the artifact, which are the same. */
class RouteFilesTest {

    @TempDir
    Path home;

    @Test
    void theFolderOfTheInstallationComesFirst() throws IOException {
        assertThat(RouteFiles.pattern(home)).isEqualTo("classpath:routes/*.yaml");

        Files.createDirectory(home.resolve("routes"));
        assertThat(RouteFiles.pattern(home)).isEqualTo("file:" + home + "/routes/*.yaml");
    }

    @Test
    void withoutAFolderTheSameRoutesRunFromTheArtifact() {
        try (PlaygroundApiServer cluster = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = cluster.client()) {
            Set<String> fromTheFolder = routes(client, Path.of("."));

            assertThat(fromTheFolder).hasSizeGreaterThan(15);
            assertThat(routes(client, home)).isEqualTo(fromTheFolder);
        }
    }

    private Set<String> routes(KubernetesClient client, Path installation) {
        try (Reconciler running =
                Reconciler.start(configuration(), client, Timeline.real(), installation, RunMode.ACT, line -> {})) {
            return running.camel().getRoutes().stream().map(Route::getRouteId).collect(Collectors.toSet());
        }
    }

    private Configuration configuration() {
        return new Configuration(
                "tidewatch",
                home.resolve("state"),
                Duration.ofDays(90),
                Duration.ofMinutes(5),
                20,
                8,
                Set.of("argo-rollouts", "keda"),
                new Configuration.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty()),
                List.of(),
                Alerting.NOBODY,
                Map.of());
    }
}
