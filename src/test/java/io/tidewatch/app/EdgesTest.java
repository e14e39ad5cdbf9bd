package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.journal.StateLock;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was opened is closed again, also where another one does not close or the start breaks off. */
class EdgesTest {

    private final List<String> closed = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void theLastOneOpenedIsClosedFirst() {
        Edges edges = new Edges();
        edges.add(() -> closed.add("lock"));
        edges.add(() -> closed.add("journal"));

        edges.close();
        edges.close();

        assertThat(closed).containsExactly("journal", "lock");
    }

    @Test
    void oneThatDoesNotCloseKeepsNoOtherOpen() {
        Edges edges = new Edges();
        edges.add(() -> closed.add("lock"));
        edges.add(() -> {
            throw new AssertionError("second");
        });
        edges.add(() -> closed.add("journal"));
        edges.add(() -> {
            throw new IllegalStateException("first");
        });

        assertThatThrownBy(edges::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("something did not close: java.lang.IllegalStateException: first")
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("second")));
        assertThat(closed).containsExactly("journal", "lock");
    }

    /** The same name twice is refused before; it stands here for anything that fails after lock and journal are open. */
    @Test
    void aStartThatBreaksOffLeavesNothingOpen() throws IOException {
        try (PlaygroundApiServer cluster = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = cluster.client()) {
            assertThatThrownBy(() -> Reconciler.start(
                            configuration(List.of(source(), source())),
                            client,
                            Timeline.real(),
                            Path.of("."),
                            RunMode.ACT,
                            line -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Duplicate key");
        }

        StateLock.take(folder.resolve("state")).close();
    }

    private static SourceConfig source() {
        return new SourceConfig(
                "shop",
                "file:///nowhere.git",
                "main",
                "",
                SourceConfig.Reach.OPEN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                new SourcePolicy("shop", false, true),
                Set.of());
    }

    private Configuration configuration(List<SourceConfig> sources) {
        return new Configuration(
                "tidewatch",
                folder.resolve("state"),
                Duration.ofDays(90),
                Duration.ofMinutes(5),
                20,
                8,
                Set.of("argo-rollouts", "keda"),
                new Configuration.Http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty()),
                sources,
                Alerting.NOBODY,
                Map.of());
    }
}
