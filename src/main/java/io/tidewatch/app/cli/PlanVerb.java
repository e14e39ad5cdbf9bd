package io.tidewatch.app.cli;

import io.tidewatch.app.cli.Documents.Format;
import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Action;
import io.tidewatch.model.Agenda;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.Diagnoses;
import io.tidewatch.model.Observation;
import io.tidewatch.model.Plan;
import io.tidewatch.model.SourcePolicy;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.Planner;
import io.tidewatch.schedule.Agendas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a pass would do, and what it would leave, on a dump. */
@Command(
        name = "plan",
        description =
                "What a pass would do with these definitions and this cluster state; exits with 1 if it would act.",
        mixinStandardHelpOptions = true)
final class PlanVerb implements Callable<Integer> {

    @Option(names = "--definitions", required = true, description = "Files, folders, or -.", paramLabel = "PATH")
    private List<String> definitions = new ArrayList<>();

    @Option(names = "--cluster-state", required = true, description = "A dump of the cluster.", paramLabel = "PATH")
    private List<String> clusterState = new ArrayList<>();

    @Option(names = "--at", description = "An instant; now by default.", converter = Instants.class)
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            description = "table, json or yaml.",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        Validation read = Offline.readAndSay(definitions);
        Definitions wanted = new Definitions(List.of(read.definitions()));
        Instant now = at.orElseGet(Instant::now);
        ClusterState state = Dumps.read(clusterState).read(now);
        Agenda agenda = Agendas.at(wanted, now);
        Observation observation = Observations.of(state, agenda.wanted().keySet());
        Diagnoses diagnoses = Diagnoser.diagnose(observation, agenda, Diagnoses.NONE);
        String source = read.definitions().source();
        Plan plan = new Planner("tidewatch", Map.of(source, new SourcePolicy(source, false, false)))
                .plan(wanted, agenda, state, observation, diagnoses);
        Tidewatch.out().print(format == Format.table ? table(plan) : Documents.text(document(plan), format));
        Tidewatch.out().flush();
        return plan.actions().isEmpty() ? 0 : 1;
    }

    private static String table(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Action action : plan.actions()) {
            text.append(action.target())
                    .append("  ")
                    .append(action.perform(new Words()))
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

    private static Map<String, Object> document(Plan plan) {
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
        document.put("commit", null);
        document.put("actions", actions);
        document.put("holds", holds);
        document.put("next", plan.next().map(Instant::toString).orElse(null));
        return document;
    }

    private static @Nullable Integer orNull(Action.SetMinReplicas set) {
        return set.from().isPresent() ? set.from().getAsInt() : null;
    }

    /** An action in a few words. */
    private static final class Words implements Action.Performer<String> {

        @Override
        public String setMinReplicas(Action.SetMinReplicas action) {
            String from =
                    action.from().isPresent() ? Integer.toString(action.from().getAsInt()) : "none";
            return "minimum " + from + " → " + action.to() + ": " + action.reason();
        }

        @Override
        public String applyManifest(Action.ApplyManifest action) {
            return "apply " + action.key() + ": " + action.reason();
        }

        @Override
        public String handOverReplicas(Action.HandOverReplicas action) {
            return "hand over replicas of " + action.key() + ": " + action.reason();
        }

        @Override
        public String nudgeReplicaSets(Action.NudgeReplicaSets action) {
            return "nudge " + action.replicaSets().size() + " ReplicaSets: " + action.reason();
        }
    }
}
