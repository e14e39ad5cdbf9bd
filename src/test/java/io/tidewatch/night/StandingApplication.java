package io.tidewatch.night;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.Reconciler;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The application in this process, over targets that stand still. */
final class StandingApplication implements AutoCloseable {

    private final ToldTimeline timeline;
    private final KubernetesClient client;
    private final Reconciler running;

    private StandingApplication(ToldTimeline timeline, KubernetesClient client, Reconciler running) {
        this.timeline = timeline;
        this.client = client;
        this.running = running;
    }

    /** What must be there before: somebody made these namespaces. */
    static void createNamespaces(PlaygroundApiServer server, List<String> names) {
        try (KubernetesClient client = server.client()) {
            for (String name : names) {
                client.namespaces()
                        .resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create();
            }
        }
    }

    /**
     * @param files of its configuration, by their names
     * @param url of its API server
     * @param said told of each line of its diary
     */
    static StandingApplication start(
            Map<String, String> files, String url, ToldTimeline timeline, Consumer<DiaryEntry> said) {
        KubernetesClient client = Clients.of(url);
        return new StandingApplication(
                timeline,
                client,
                Reconciler.start(
                        NightConfiguration.accepted(files),
                        client,
                        timeline,
                        Path.of("").toAbsolutePath(),
                        RunMode.ACT,
                        said));
    }

    @Override
    public void close() {
        timeline.forget();
        running.close();
        client.close();
    }
}
