package io.tidewatch.app.cli;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Action;
import io.tidewatch.model.Agenda;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.Diagnoses;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Observation;
import io.tidewatch.model.Plan;
import io.tidewatch.model.Target;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.Planner;
import io.tidewatch.report.PlannedLines;
import io.tidewatch.schedule.Agendas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a pass would do, and what it would leave. */
@Command(
        name = "plan",
        description = "What a pass would do now; exits with 1 if it would act.",
        mixinStandardHelpOptions = true)
final class PlanVerb implements Callable<Integer> {

    @Option(
            names = "--definitions",
            paramLabel = "PATH",
            description = "Files, folders, or -; without it, the sources of the configuration are read.")
    private List<String> definitions = new ArrayList<>();

    @Option(
            names = "--cluster-state",
            paramLabel = "PATH",
            description = "A dump of the cluster; without it, the cluster of the current kubeconfig is asked.")
    private List<String> clusterState = new ArrayList<>();

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Mixin
    private When when = new When();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Instant now = when.at().orElseGet(Instant::now);
        Sources sources = definitions.isEmpty()
                ? Sources.configured(config.read())
                : Sources.offline(Offline.readAndSay(definitions).definitions());
        Dump dump = clusterState.isEmpty() ? Dumps.live(Optional.empty()) : Dumps.read(clusterState);
        Plan plan = plan(sources, dump.read(now), now);
        output.print(() -> table(plan), () -> document(plan, sources));
        return plan.actions().isEmpty() ? 0 : 1;
    }

    private static Plan plan(Sources sources, ClusterState state, Instant now) {
        Agenda agenda = Agendas.at(sources.definitions(), now);
        Set<ObjectKey> declared = sources.definitions().sources().stream()
                .flatMap(source -> source.manifests().stream())
                .map(Manifest::key)
                .collect(Collectors.toSet());
        Set<Target> concerned = Observations.concerned(state, agenda.wanted().keySet(), declared, sources.instance());
        Observation observation = Observations.of(state, concerned);
        Diagnoses diagnoses = Diagnoser.diagnose(observation, agenda, Diagnoses.NONE);
        return new Planner(sources.instance(), sources.policies())
                .plan(sources.definitions(), agenda, state, observation, diagnoses);
    }

    private static String table(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Action action : plan.actions()) {
            text.append(action.target())
                    .append("  ")
                    .append(PlannedLines.of(action))
                    .append('\n');
        }
        for (Plan.Hold hold : plan.holds()) {
            text.append(hold.target())
                    .append("  nothing: ")
                    .append(hold.reason())
                    .append('\n');
        }
        return text.isEmpty() ? "nothing to do\n" : text.toString();
    }

    private static Map<String, Object> document(Plan plan, Sources sources) {
        List<Object> actions = new ArrayList<>();
        for (Action action : plan.actions()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", action.getClass().getSimpleName());
            row.put("target", action.target().toString());
            row.put("from", action instanceof Action.SetMinReplicas set ? orNull(set) : null);
            row.put("to", action instanceof Action.SetMinReplicas set ? set.to() : null);
            row.put("reason", action.reason());
            actions.add(row);
        }
        List<Object> holds = new ArrayList<>();
        for (Plan.Hold hold : plan.holds()) {
            holds.add(Map.of("target", hold.target().toString(), "reason", hold.reason()));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", plan.at().toString());
        document.put("commit", sources.commit().orElse(null));
        document.put("actions", actions);
        document.put("holds", holds);
        document.put("next", plan.next().map(Instant::toString).orElse(null));
        return document;
    }

    private static @Nullable Integer orNull(Action.SetMinReplicas set) {
        return set.from().isPresent() ? set.from().getAsInt() : null;
    }
}
