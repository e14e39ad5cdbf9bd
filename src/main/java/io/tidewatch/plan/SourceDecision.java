package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.Extension;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import io.tidewatch.text.SkippedText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Decides what the objects that one source declares need, in dependency order. */
final class SourceDecision {

    private final SourceDefinitions source;
    private final SourceIndex index;
    private final SourcePolicy policy;
    private final DesiredState desiredState;
    private final ClusterState cluster;
    private final Observation observation;
    private final Diagnoses diagnoses;
    private final String instance;
    private final Scalers scalers;
    private final Guard guard;
    private final Applied applied;
    private final KnownDecisions known;

    /**
     * Everything that decides what an object that exists needs, but the time.
     *
     * @param view the autoscaler of its target
     * @param scaler of a workload, the autoscaler that scales it
     * @param target the same, or that of the Rollout that has its pod template from it
     * @param minimum the pods that are asked for at least
     */
    private record Question(
            Manifest manifest,
            LiveObject live,
            Optional<AutoscalerView> view,
            Optional<DesiredBounds> desired,
            Optional<Diagnosis> diagnosis,
            Optional<Target> scaler,
            Optional<Target> target,
            Optional<Integer> minimum,
            Written written) {}

    /** Everything that decides what all objects of the source need, but the time. */
    private record AllQuestions(
            SourceIndex index,
            Map<Target, TargetObservation> targets,
            Map<Target, DesiredBounds> desired,
            Map<Target, Diagnosis> diagnoses,
            Set<Target> unknown,
            Set<String> missing,
            Map<String, Set<String>> missingIn,
            Optional<Map<WorkloadRef, Set<String>>> unseenOf,
            SourcePolicy policy,
            String instance) {}

    /** What counts for all objects of a file. */
    private record Written(Optional<FileChange> change, Commit commit, boolean restoreDrift, String instance) {}

    /**
     * @param guard catches internal errors of a decision
     * @param applied has the targets without writes, and gets those that fail here
     * @param known decisions of earlier passes
     */
    SourceDecision(
            SourceIndex index,
            SourcePolicy policy,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Diagnoses diagnoses,
            String instance,
            Guard guard,
            Applied applied,
            KnownDecisions known) {
        this.source = index.basis().source();
        this.index = index;
        this.policy = policy;
        this.desiredState = desiredState;
        this.cluster = cluster;
        this.observation = observation;
        this.diagnoses = diagnoses;
        this.instance = instance;
        this.scalers = index.scalers();
        this.guard = guard;
        this.applied = applied;
        this.known = known;
    }

    /** Those that are to do something, or to say something. */
    List<Decision> decisions() {
        List<Decision> decided = known.ofSource(
                source.source(),
                ofAll(),
                desiredState.at(),
                now -> index.manifests().stream()
                        .filter(manifest -> cluster.isObserved(manifest.key()))
                        .map(manifest -> decide(manifest, now))
                        .toList());
        if (!guard.faults().isEmpty()) {
            known.forget(source.source());
        }
        return decided;
    }

    private AllQuestions ofAll() {
        return new AllQuestions(
                index,
                observation.targets(),
                desiredState.desired(),
                diagnoses.byTarget(),
                applied.unknown(),
                cluster.missing(),
                cluster.missingIn(),
                cluster.unseenOf(),
                policy,
                instance);
    }

    /** Adds the autoscalers that this source applies and that Tidewatch may write, and the Rollouts that they scale. */
    void gather() {
        applied.putRollouts(index.rollouts());
        if (policy.restoreDrift()) {
            applied.putManifests(index.autoscalers());
            return;
        }
        index.autoscalers()
                .forEach((target, manifest) -> guard.run(
                                target,
                                () -> Optional.of(applicable(target, manifest)),
                                fault -> Optional.<Manifest>empty())
                        .ifPresentOrElse(
                                found -> applied.putManifests(Map.of(target, found)), () -> applied.exclude(target)));
    }

    private Manifest applicable(Target target, Manifest manifest) {
        return Optional.ofNullable(cluster.declared().get(manifest.key()))
                .map(live -> on(target, manifest).applicable(live, Drift.MINIMUM_AND_MAXIMUM))
                .orElse(manifest);
    }

    private Decision decide(Manifest manifest, Moment now) {
        Target target = target(manifest);
        return applied.isUnknown(target)
                ? Decision.NOTHING
                : guard.run(target, () -> decide(target, manifest, now), fault -> Decision.NOTHING);
    }

    /** The target that an object belongs to: for a workload, the autoscaler that scales its pods. */
    private Target target(Manifest manifest) {
        return SourceIndex.isWorkload(manifest)
                ? scalers.targetOf(manifest.key()).orElse(SourceIndex.own(manifest))
                : SourceIndex.own(manifest);
    }

    private Decision decide(Target target, Manifest manifest, Moment now) {
        Optional<LiveObject> live = Optional.ofNullable(cluster.declared().get(manifest.key()));
        return live.map(there -> known.ofManifest(
                        manifest.key(),
                        question(target, manifest, there),
                        now,
                        at -> decide(target, manifest, live, at)))
                .orElseGet(() -> decide(target, manifest, live, now));
    }

    private Question question(Target target, Manifest manifest, LiveObject live) {
        return new Question(
                manifest,
                live,
                view(target),
                desiredState.of(target),
                diagnoses.of(target),
                scalers.of(manifest.key()),
                scalers.targetOf(manifest.key()),
                scalers.minimumOf(manifest.key()),
                new Written(source.change(manifest.origin()), source.commit(), policy.restoreDrift(), instance));
    }

    private Decision decide(Target target, Manifest manifest, Optional<LiveObject> live, Moment now) {
        if (SourceIndex.isWorkload(manifest)) {
            return workload(target, manifest, live, now);
        }
        return SourceIndex.isAutoscaler(manifest)
                ? autoscaler(target, manifest, live, now)
                : on(target, manifest).other(live);
    }

    private Decision workload(Target target, Manifest manifest, Optional<LiveObject> live, Moment now) {
        return scalers.targetOf(manifest.key())
                .flatMap(this::view)
                .flatMap(view -> new WriteExclusion(target, view, instance, nextEdge(target), now).decided())
                .orElseGet(() -> workloadOf(target, withLongerDeadline(manifest, live), live, now));
    }

    private Decision workloadOf(Target target, Manifest manifest, Optional<LiveObject> live, Moment now) {
        Optional<Freeze> freeze = scalers.targetOf(manifest.key()).flatMap(scaled -> freeze(scaled, now));
        ManifestDecision decision = on(target, manifest);
        Decision decided = decision.workload(live, scalers.minimumOf(manifest.key()), freeze.flatMap(Freeze::hold));
        return live.flatMap(
                        there -> freeze.flatMap(Freeze::endedAt).map(end -> decision.afterFreeze(decided, there, end)))
                .orElse(decided);
    }

    /** A deadline that a remedy made longer is carried until it is put back, unless a commit changes it meanwhile. */
    private Manifest withLongerDeadline(Manifest manifest, Optional<LiveObject> live) {
        return scalers.of(manifest.key())
                .flatMap(this::view)
                .flatMap(view -> new OwnRecord(view.meta()).extension())
                .filter(longer -> longer.isOf(manifest.content()))
                .filter(longer -> live.filter(there -> longer.stands(Extension.written(there.content())))
                        .isPresent())
                .map(longer -> new Manifest(
                        manifest.key(),
                        ApplyBodies.withDeadline(
                                manifest.content(), manifest.key().namespace(), OptionalInt.of(longer.extended())),
                        manifest.origin()))
                .orElse(manifest);
    }

    private Decision autoscaler(Target target, Manifest manifest, Optional<LiveObject> live, Moment now) {
        Optional<DesiredBounds> desired = desiredState.of(target).filter(found -> isTarget(target, manifest));
        ManifestDecision decision = on(target, manifest);
        if (live.isEmpty() && waitsForItsWorkload(target)) {
            return Decision.NOTHING;
        }
        if (live.isEmpty()) {
            Map<String, String> memory = desired.map(w -> OwnRecord.first(w, instance, desiredState.at()))
                    .orElse(Map.of());
            return decision.createAutoscaler(desired, memory);
        }
        Optional<AutoscalerView> view = view(target)
                .filter(found -> found.kind().kind().equals(manifest.key().kind()));
        if (view.isEmpty()) {
            // An HPA of which no schedule sets the minimum, beside a target of its name.
            return isTarget(target, manifest) ? Decision.NOTHING : decision.other(live);
        }
        return existing(decision, live.get(), view.get(), desired, now);
    }

    /** Whether a schedule means this object by the target, or no schedule means any. */
    private boolean isTarget(Target target, Manifest manifest) {
        return desiredState
                .of(target)
                .map(desired -> desired.schedule().targets().kind().kind())
                .orElse(AutoscalerKind.SCALED_OBJECT.kind())
                .equals(manifest.key().kind());
    }

    /** Whether the workload of an autoscaler is declared too but not observed yet. The workload is created first. */
    private boolean waitsForItsWorkload(Target autoscaler) {
        return Optional.ofNullable(index.workloadOf().get(autoscaler))
                .filter(workload -> !cluster.isObserved(workload))
                .isPresent();
    }

    private Decision existing(
            ManifestDecision decision,
            LiveObject live,
            AutoscalerView view,
            Optional<DesiredBounds> desired,
            Moment now) {
        if (view.meta().deleting()) {
            return Decision.skip(
                    new Skipped(decision.target(), Skipped.BEING_DELETED, SkippedText.beingDeleted(live.key())));
        }
        return new WriteExclusion(decision.target(), view, instance, nextEdge(decision.target()), now)
                .decided()
                .orElseGet(() -> desired.map(w -> isConflict(w, view)
                                ? Decision.NOTHING
                                : decision.scheduledObject(live, view, w.setsMax()))
                        .orElseGet(() -> new OwnRecord(view.meta()).carried().isEmpty()
                                ? decision.unscheduledObject(live, view)
                                : decision.scheduledObject(live, view, true)));
    }

    private Optional<Instant> nextEdge(Target target) {
        return desiredState.of(target).flatMap(DesiredBounds::next);
    }

    /** Whether nothing of the autoscaler is written until the next edge; the reason is reported with the minimum. */
    private static boolean isConflict(DesiredBounds desired, AutoscalerView view) {
        return new Ownership(Goal.of(desired), view).verdict() instanceof Verdict.Conflict;
    }

    private Optional<AutoscalerView> view(Target target) {
        return Optional.ofNullable(observation.targets().get(target)).flatMap(TargetObservation::autoscaler);
    }

    private ManifestDecision on(Target target, Manifest manifest) {
        Optional<FileChange> change = source.change(manifest.origin());
        return new ManifestDecision(
                target,
                manifest,
                change.map(FileChange::newest).orElse(source.commit()),
                change,
                policy.restoreDrift(),
                Optional.empty(),
                known.agreements());
    }

    private Optional<Freeze> freeze(Target target, Moment now) {
        return desiredState.of(target).map(desired -> new Freeze(desired, view(target), diagnoses.of(target), now));
    }
}
