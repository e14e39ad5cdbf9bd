package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.text.SkippedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans a pass: compares the desired state with the observed objects and decides the writes.
 *
 * <p>Phases: objects that sources declare, in dependency order; then, for targets that none of these touches, the minimum,
 * a remedy, or the baseline if the schedule was removed. So a target's autoscaler is written once in a
 * pass, and the next pass decides on what that left. Each decision has a guard of its own: one that fails writes nothing
 * and is a fault of its target.
 *
 * @param instance the name of this Tidewatch on the objects that it changes
 * @param policies by source; a source that is not named is only read
 * @param past what the history of the sources holds of objects that no schedule names any more
 */
public record Planner(String instance, Map<String, SourcePolicy> policies, OrphanPast past) {

    private static final String STAGE = "plan";

    /** How long after the first observation of a converged state the second follows: a state counts when two agree. */
    private static final Duration SECOND_OBSERVATION = Duration.ofSeconds(1);

    public Planner {
        policies = Map.copyOf(policies);
    }

    /** For a plan that is not carried out: the claims of annotations about the past are taken as true. */
    public Planner(String instance, Map<String, SourcePolicy> policies) {
        this(instance, policies, OrphanPast.UNCHECKED);
    }

    public Plan plan(
            Definitions definitions,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Diagnoses diagnoses) {
        return plan(
                definitions,
                desiredState,
                cluster,
                observation,
                diagnoses,
                PendingLowerings.NONE,
                LearnedLeads.NONE,
                new KnownDecisions());
    }

    /**
     * @param waits the lowerings that waited for health when the plan before this one was made
     * @param leads that the past raises of targets teach; they decide what is written about leads, and no minimum
     * @param known decisions of earlier plans; they save work and change no decision
     */
    public Plan plan(
            Definitions definitions,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Diagnoses diagnoses,
            PendingLowerings waits,
            LearnedLeads leads,
            KnownDecisions known) {
        Guard guard = new Guard(STAGE);
        List<Decision> decided = new ArrayList<>();
        Applied applied =
                new Applied(desiredState.faults().and(observation.faults()).targets());
        for (SourceDecision decision :
                sources(definitions, desiredState, cluster, observation, diagnoses, guard, applied, known)) {
            decided.addAll(decision.decisions());
        }
        Set<Target> written = decided.stream()
                .flatMap(one -> one.action().stream())
                .flatMap(action -> autoscalerOf(action).stream())
                .collect(Collectors.toSet());
        Set<Target> withRollout = decided.stream()
                .flatMap(one -> one.action().stream())
                .filter(action -> autoscalerOf(action).isEmpty())
                .map(Action::target)
                .collect(Collectors.toSet());
        OrphanDecision orphans = new OrphanDecision(
                definitions, policies, past, cluster.declared(), instance, new Moment(desiredState.at()));
        observation.targets().values().stream()
                .filter(seen -> !written.contains(seen.target()))
                .filter(seen -> !applied.isUnknown(seen.target()))
                .map(seen -> guard.run(
                        seen.target(),
                        () -> desiredState
                                .of(seen.target())
                                .map(desired -> decide(
                                        new TargetQuestion(
                                                desired,
                                                seen,
                                                diagnoses.of(seen.target()),
                                                applied.of(seen.target()),
                                                applied.rolloutOf(seen.target()),
                                                cluster.budgets(),
                                                instance,
                                                waits.of(seen.target()),
                                                leads.of(seen.target())),
                                        desiredState.at(),
                                        applied,
                                        known))
                                .orElseGet(() -> orphan(orphans, seen, applied, diagnoses, desiredState.at())),
                        fault -> Decision.NOTHING))
                .map(one -> isOfWrittenRollout(one, withRollout) ? one.withoutRollout() : one)
                .forEach(decided::add);
        known.retain(
                observation.targets().keySet(),
                cluster.declared().keySet(),
                definitions.sources().stream().map(SourceDefinitions::source).collect(Collectors.toSet()));
        new LoweringFirst(desiredState).delayRevisions(decided);
        return new Plan(
                desiredState.at(),
                decided.stream().flatMap(one -> one.action().stream()).toList(),
                decided.stream()
                        .flatMap(one -> one.skipped().stream())
                        .distinct()
                        .toList(),
                next(desiredState, diagnoses, decided),
                guard.faults());
    }

    /** The ScaledObjects that sources apply and that Tidewatch may write. */
    Applied applied(
            Definitions definitions,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Guard guard) {
        Applied applied =
                new Applied(desiredState.faults().and(observation.faults()).targets());
        sources(definitions, desiredState, cluster, observation, Diagnoses.NONE, guard, applied, new KnownDecisions());
        return applied;
    }

    private List<SourceDecision> sources(
            Definitions definitions,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Diagnoses diagnoses,
            Guard guard,
            Applied applied,
            KnownDecisions known) {
        List<SourceDecision> sources = new ArrayList<>();
        for (SourceDefinitions source : definitions.sources()) {
            SourcePolicy policy = policies.get(source.source());
            if (policy != null && policy.apply()) {
                SourceDecision decision = new SourceDecision(
                        known.index(SourceIndex.Basis.of(source, cluster, desiredState)),
                        policy,
                        desiredState,
                        cluster,
                        observation,
                        diagnoses,
                        instance,
                        guard,
                        applied,
                        known);
                decision.gather();
                sources.add(decision);
            }
        }
        return sources;
    }

    private static Decision decide(TargetQuestion question, Instant now, Applied applied, KnownDecisions known) {
        TargetObservation seen = question.seen();
        return gone(seen, question.desired().schedule().targets().kind(), applied)
                .or(() -> seen.autoscaler()
                        .map(live -> known.ofTarget(
                                seen.target(),
                                question,
                                new Moment(now),
                                at -> new TargetDecision(question, live, at).decide())))
                .orElse(Decision.NOTHING);
    }

    /**
     * No write where the autoscaler does not exist or is being deleted. A source that applies the object has decided on that
     * before: it creates the object.
     */
    private static Optional<Decision> gone(TargetObservation seen, AutoscalerKind kind, Applied applied) {
        Target target = seen.target();
        boolean deleting =
                seen.autoscaler().filter(live -> live.meta().deleting()).isPresent();
        if (seen.autoscaler().isPresent() && !deleting) {
            return Optional.empty();
        }
        if (applied.of(target).isPresent() || seen.missing().contains(ClusterState.API_SERVER)) {
            return Optional.of(Decision.NOTHING);
        }
        if (deleting) {
            return Optional.of(Decision.skip(
                    new Skipped(target, Skipped.BEING_DELETED, SkippedText.deletedByOthers(kind, target))));
        }
        String reason = seen.missing().contains(kind.kind())
                ? SkippedText.targetNotObserved(kind, target)
                : seen.hpa()
                        .filter(hpa -> kind == AutoscalerKind.HPA)
                        .flatMap(HpaView::scaledObject)
                        .map(owner -> SkippedText.hpaOfKeda(target, owner))
                        .orElseGet(() -> SkippedText.targetMissing(kind, target));
        return Optional.of(Decision.skip(new Skipped(target, Skipped.TARGET_MISSING, reason)));
    }

    private Decision orphan(
            OrphanDecision orphans, TargetObservation seen, Applied applied, Diagnoses diagnoses, Instant now) {
        return seen.autoscaler()
                .map(live ->
                        new OrphanRemedy(seen, live, applied, orphans, diagnoses.of(seen.target()), new Moment(now)))
                .map(remedy -> remedy.decide(instance))
                .orElse(Decision.NOTHING);
    }

    private static boolean isOfWrittenRollout(Decision decision, Set<Target> written) {
        return decision.action()
                .filter(action -> written.contains(action.target()))
                .isPresent();
    }

    private static Optional<Target> autoscalerOf(Action action) {
        return action instanceof Action.ApplyManifest apply
                        && AutoscalerKind.of(apply.key().kind()).isPresent()
                ? Optional.of(action.target())
                : Optional.empty();
    }

    private static Optional<Instant> next(DesiredState desiredState, Diagnoses diagnoses, List<Decision> decided) {
        Stream<Instant> deadlines = diagnoses.byTarget().values().stream()
                .filter(diagnosis ->
                        diagnosis.state() == State.WAITING || diagnosis.state().isConverged())
                .map(Diagnosis::progress)
                .flatMap(progress -> progress.due().deadline().stream())
                .map(at ->
                        at.isAfter(desiredState.at()) ? at : desiredState.at().plus(SECOND_OBSERVATION));
        Stream<Instant> eventWatches = diagnoses.byTarget().values().stream()
                .flatMap(diagnosis -> diagnosis.progress().due().eventsFrom().stream());
        return Stream.of(
                        desiredState.next().stream(),
                        deadlines,
                        eventWatches,
                        decided.stream().flatMap(one -> one.checkAgainAt().stream()))
                .flatMap(instants -> instants)
                .filter(at -> at.isAfter(desiredState.at()))
                .min(Instant::compareTo);
    }
}
