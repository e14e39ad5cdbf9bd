package io.tidewatch.cli;

import io.tidewatch.cluster.Snapshot;
import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Faults;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.ownership.Leads;
import io.tidewatch.ownership.Ramps;
import io.tidewatch.plan.Planner;
import io.tidewatch.preflight.PreflightChecks;
import io.tidewatch.report.PlannedLines;
import io.tidewatch.schedule.DesiredStates;
import io.tidewatch.text.PreflightText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the next pass would write and what it would skip. */
@Command(
        name = "plan",
        description =
                "Show what the next pass would do; exit code 1 if it would change anything, or if a target is gone.",
        mixinStandardHelpOptions = true)
final class PlanVerb implements Callable<Integer> {

    private static final int COULD_NOT = 2;
    private static final List<String> NEEDED = List.of("ScaledObject", "Rollout");

    @Option(
            names = "--definitions",
            paramLabel = "PATH",
            description = "Files, folders, or - for standard input. Default: the sources of the configuration.")
    private List<String> definitions = new ArrayList<>();

    @Option(
            names = "--cluster-state",
            paramLabel = "PATH",
            description = "A dump of the cluster. Default: the cluster of the current kubeconfig.")
    private List<String> clusterState = new ArrayList<>();

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Mixin
    private PlannedSource source = new PlannedSource();

    @Mixin
    private When when = new When();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Instant now = when.at().orElseGet(Instant::now);
        Sources sources = sources();
        Dump dump = clusterState.isEmpty()
                ? complete(Dumps.live(sources.reach()), sources.reach())
                : Dumps.read(clusterState);
        ClusterState state = dump.read(now);
        Decided decided = decide(sources, state, now);
        Plan plan = decided.plan();
        MinimumSteps steps = steps(plan, sources, state, now);
        output.print(() -> table(decided, steps), () -> PlanDocument.of(decided, steps, sources.commit()));
        Failures.print(plan.faults());
        if (!plan.faults().isEmpty()) {
            return COULD_NOT;
        }
        boolean isGone = plan.skipped().stream().anyMatch(Plan.Skipped::isOfGoneTarget);
        return plan.actions().isEmpty() && !isGone ? 0 : 1;
    }

    /** Without these kinds no target is seen, and an empty plan would look like a cluster that needs nothing. */
    private static Dump complete(Dump live, Snapshot.Reach reach) {
        List<String> unseen =
                NEEDED.stream().filter(kind -> !live.listed().contains(kind)).toList();
        if (!unseen.isEmpty()) {
            throw new IllegalArgumentException("the " + String.join("s and ", unseen)
                    + "s of the cluster are not seen, so nothing can be planned; use a kubeconfig whose user may list"
                    + " them in "
                    + (reach.namespaces().isEmpty() ? "all namespaces" : String.join(", ", reach.namespaces()))
                    + ", or give a dump with --cluster-state");
        }
        return live;
    }

    private Sources sources() {
        if (!definitions.isEmpty()) {
            return source.of(definitions, config.named());
        }
        source.isNotAsked();
        return Sources.configured(config.withoutAlerts());
    }

    /**
     * What a pass would decide.
     *
     * @param preflights of the raises that are near
     * @param leads of the next raises, where they are learned
     * @param unseen the kinds that were not read
     */
    record Decided(Plan plan, Preflights preflights, DesiredState desired, List<ComingLead> leads, UnseenKinds unseen) {

        Decided {
            leads = List.copyOf(leads);
        }
    }

    /** The plan, with the internal errors of all stages before it. */
    static Plan plan(Sources sources, ClusterState state, Instant now) {
        return decide(sources, state, now).plan();
    }

    static Decided decide(Sources sources, ClusterState state, Instant now) {
        LearnedLeads leads = Leads.of(state);
        DesiredState desiredState = DesiredStates.at(sources.definitions(), leads, now);
        Set<ObjectKey> declared = sources.definitions().sources().stream()
                .flatMap(source -> source.manifests().stream())
                .map(Manifest::key)
                .collect(Collectors.toSet());
        Set<Target> concerned = Observations.concerned(state, desiredState.targets(), declared, sources.instance());
        Observation observation = Observations.of(state, concerned, desiredState.hpas());
        Ramps.Stepped stepped = Ramps.steps(desiredState, observation);
        Diagnoses diagnoses = Diagnoser.diagnose(observation, stepped.desired(), Diagnoses.NONE);
        Preflights preflights = PreflightChecks.of(stepped.desired(), observation, diagnoses, state);
        Plan plan = new Planner(sources.instance(), sources.policies())
                .plan(sources.definitions(), stepped.desired(), state, observation, diagnoses);
        Faults faults = desiredState
                .faults()
                .and(observation.faults())
                .and(stepped.faults())
                .and(diagnoses.faults())
                .and(preflights.faults());
        return new Decided(
                plan.with(faults),
                preflights,
                stepped.desired(),
                ComingLead.of(stepped.desired(), leads),
                UnseenKinds.of(sources, stepped.desired(), state, observation));
    }

    /** An apply of a ScaledObject takes the whole pass of its target; the step of its minimum follows. */
    static MinimumSteps steps(Plan plan, Sources sources, ClusterState state, Instant now) {
        return plan.actions().stream().anyMatch(MinimumSteps::appliesAutoscaler)
                ? MinimumSteps.of(plan(sources.minimumsOnly(), state, now))
                : MinimumSteps.NONE;
    }

    private static String table(Decided decided, MinimumSteps steps) {
        Plan plan = decided.plan();
        StringBuilder text = new StringBuilder();
        for (Action action : plan.actions()) {
            text.append(action.target())
                    .append("  ")
                    .append(PlannedLines.what(action))
                    .append(": ")
                    .append(steps.reason(action))
                    .append('\n');
        }
        for (Plan.Skipped skip : plan.skipped()) {
            text.append(skip.target()).append("  nothing: ").append(skip.text()).append('\n');
        }
        if (text.isEmpty()) {
            text.append(decided.unseen().isEmpty() ? "nothing to do\n" : "nothing to do for what was seen\n");
        }
        decided.preflights()
                .byTarget()
                .forEach((target, preflight) -> decided.desired()
                        .of(target)
                        .map(desired -> lines(preflight, desired.schedule().timeZone()))
                        .ifPresent(lines -> lines.forEach(line ->
                                text.append(target).append("  ").append(line).append('\n'))));
        decided.preflights()
                .losses()
                .forEach((target, loss) -> decided.desired()
                        .of(target)
                        .map(desired ->
                                PreflightText.line(loss, desired.schedule().timeZone()))
                        .ifPresent(line ->
                                text.append(target).append("  ").append(line).append('\n')));
        decided.unseen().lines().forEach(line -> text.append(line).append('\n'));
        decided.leads().forEach(lead -> text.append(lead.text()).append('\n'));
        return text.toString();
    }

    /** What the preflight of a raise found, what it could not check, and which known faults nothing may cure. */
    private static Stream<String> lines(Preflight preflight, ZoneId zone) {
        return Stream.of(
                        preflight.findings().stream()
                                .map(finding -> PreflightText.line(finding, preflight.raise(), zone)),
                        preflight.unchecked().stream().map(PreflightText::unchecked),
                        preflight.advisories().stream().map(PreflightText::advisory))
                .flatMap(Function.identity());
    }
}
