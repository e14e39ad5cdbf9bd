package io.tidewatch.app.trial;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.cli.Trial.Result;
import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.report.SurveyLines;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The API server, its CRDs, and the permissions that {@code run} needs in the namespaces of its sources. It writes nothing. */
record ClusterTrial(Configuration configuration, RunMode mode, Supplier<KubernetesClient> opened) {

    List<Found> find() throws IOException {
        try (KubernetesClient client = opened.get()) {
            return found(survey(client));
        } catch (KubernetesClientException failed) {
            throw new IOException(ServerMessages.of(failed), failed);
        }
    }

    private Survey survey(KubernetesClient client) {
        boolean applies = configuration.sources().stream()
                .anyMatch(source -> source.policy().apply());
        return new ClusterSurvey(
                        client,
                        (raw, seenAt) -> ObjectReader.controller(raw),
                        configuration.controllerNamespaces(),
                        mode == RunMode.ACT,
                        applies)
                .survey(namespaces(), Map.of(), Instant.now());
    }

    private Set<String> namespaces() {
        return configuration.sources().stream()
                .flatMap(source -> source.namespaces().stream())
                .collect(Collectors.toSet());
    }

    /** The first line says where. */
    private static List<Found> found(Survey survey) {
        List<Found> found = new ArrayList<>();
        SurveyLines.present(survey).forEach(line -> found.add(new Found("", Result.OK, line)));
        SurveyLines.noCrds(survey).forEach(line -> found.add(new Found("", Result.FAILED, line)));
        SurveyLines.denied(survey).forEach(line -> found.add(new Found("permission", Result.FAILED, line)));
        if (!survey.asked()) {
            found.add(new Found(
                    "permission",
                    Result.UNKNOWN,
                    "not granted in all namespaces, and no source lists its namespaces; list them in sources.yaml"));
        }
        return found;
    }
}
