package io.tidewatch.app.trial;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.app.trial.Attempt.Found;
import io.tidewatch.cli.Trial.Result;
import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.cluster.lease.LeaseName;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.Configuration.LeaderElection;
import io.tidewatch.loop.DefinitionUses;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.report.SurveyLines;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The API server, its CRDs, and the permissions that {@code run} needs: in the namespaces of its sources, for what their schedules use, and
 * for the election. It writes nothing.
 *
 * @param read the definitions of the sources that were read
 */
record ClusterTrial(
        Configuration configuration, RunMode mode, List<SourceDefinitions> read, Supplier<KubernetesClient> opened) {

    List<Found> find() throws IOException {
        try (KubernetesClient client = opened.get()) {
            ClusterSurvey asking = asking(client);
            List<Found> found = found(asking.survey(namespaces(), uses(client), Instant.now()));
            if (mode == RunMode.ACT && configuration.leaderElection().enabled() != LeaderElection.Enabled.FALSE) {
                found.addAll(election(
                        asking,
                        LeaseName.of(configuration.leaderElection().namespace(), configuration.instance(), client)));
            }
            return found;
        } catch (KubernetesClientException failed) {
            throw new IOException(ServerMessages.of(failed), failed);
        }
    }

    private ClusterSurvey asking(KubernetesClient client) {
        boolean applies = configuration.sources().stream()
                .anyMatch(source -> source.policy().apply());
        return new ClusterSurvey(
                client,
                (raw, seenAt) -> ObjectReader.controller(raw),
                configuration.controllerNamespaces(),
                mode == RunMode.ACT,
                applies);
    }

    /** Those that sources list, and those that their definitions name. */
    private Set<String> namespaces() {
        Set<String> namespaces = new TreeSet<>();
        configuration.sources().forEach(source -> namespaces.addAll(source.namespaces()));
        schedules().forEach(schedule -> namespaces.add(schedule.namespace()));
        read.forEach(source -> source.manifests()
                .forEach(manifest -> namespaces.add(manifest.key().namespace())));
        return namespaces;
    }

    private Map<Use, Set<String>> uses(KubernetesClient client) {
        Map<Use, Set<String>> uses = new EnumMap<>(Use.class);
        DefinitionUses.of(read).forEach((use, in) -> uses.put(use, new TreeSet<>(in)));
        new ScaledKinds(client)
                .of(schedules())
                .forEach((use, in) ->
                        uses.computeIfAbsent(use, first -> new TreeSet<>()).addAll(in));
        return uses;
    }

    private List<ScaleSchedule> schedules() {
        return read.stream().flatMap(source -> source.schedules().stream()).toList();
    }

    /** Where the configuration leaves it open, a missing permission means that this process is alone, which may be meant. */
    private List<Found> election(ClusterSurvey asking, LeaseName lease) {
        Result result = configuration.leaderElection().enabled() == LeaderElection.Enabled.TRUE
                ? Result.FAILED
                : Result.UNKNOWN;
        return SurveyLines.missing(asking.missingForElection(lease.namespace(), lease.name())).stream()
                .map(line -> new Found("permission", result, line))
                .toList();
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
