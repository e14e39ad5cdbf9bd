package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Guard;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.Extension;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import io.tidewatch.text.SkippedText;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what the objects that one source declares need, in dependency order. */
final class SourceDecision {

    private final SourceDefinitions source;
    private final SourcePolicy policy;
    private final DesiredState desiredState;
    private final ClusterState cluster;
    private final Observation observation;
    private final Diagnoses diagnoses;
    private final String instance;
    private final Map<Target, Manifest> autoscalers;
    private final Scalers scalers;
    private final Guard guard;
    private final Applied applied;
    private final Agreements agreements;

    /** The workloads that this source declares, by the autoscaler that scales them. */
    private final Map<Target, ObjectKey> workloadOf;

    /**
     * @param guard catches internal errors of a decision
     * @param applied has the targets without writes, and gets those that fail here
     * @param agreements the comparisons of earlier passes that found no difference
     */
    SourceDecision(
            SourceDefinitions source,
            SourcePolicy policy,
            DesiredState desiredState,
            ClusterState cluster,
            Observation observation,
            Diagnoses diagnoses,
            String instance,
            Guard guard,
            Applied applied,
            Agreements agreements) {
        this.source = source;
        this.policy = policy;
        this.desiredState = desiredState;
        this.cluster = cluster;
        this.observation = observation;
        this.diagnoses = diagnoses;
        this.instance = instance;
        this.autoscalers = source.manifests().stream()
                .filter(SourceDecision::isAutoscaler)
                .collect(Collectors.toMap(SourceDecision::own, Function.identity(), (first, second) -> first));
        this.scalers = new Scalers(source.manifests(), cluster, desiredState);
        this.guard = guard;
        this.applied = applied;
        this.agreements = agreements;
        this.workloadOf = new HashMap<>();
        source.manifests().stream()
                .filter(SourceDecision::isWorkload)
                .map(Manifest::key)
                .forEach(
                        workload -> scalers.of(workload).ifPresent(target -> workloadOf.putIfAbsent(target, workload)));
    }

    List<Decision> decisions() {
        return source.manifests().stream()
                .filter(manifest -> cluster.isObserved(manifest.key()))
                .sorted(Comparator.comparingInt(SourceDecision::rank))
                .map(this::decide)
                .toList();
    }

    /** The autoscalers that this source applies and that Tidewatch may write, by target. */
    Map<Target, Manifest> autoscalers() {
        Map<Target, Manifest> ours = new HashMap<>();
        autoscalers.forEach((target, manifest) -> guard.run(
                        target, () -> Optional.of(applicable(target, manifest)), fault -> Optional.<Manifest>empty())
                .ifPresentOrElse(found -> ours.put(target, found), () -> applied.exclude(target)));
        return ours;
    }

    /** The Rollouts that this source applies, by the ScaledObject that scales them. */
    Map<Target, DeclaredRollout> rollouts() {
        Map<Target, DeclaredRollout> found = new HashMap<>();
        source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(RolloutView.KIND))
                .forEach(manifest -> scalers.of(manifest.key())
                        .ifPresent(target -> Optional.ofNullable(
                                        cluster.declared().get(manifest.key()))
                                .ifPresent(live -> found.put(target, new DeclaredRollout(manifest.content(), live)))));
        return found;
    }

    private Manifest applicable(Target target, Manifest manifest) {
        return Optional.ofNullable(cluster.declared().get(manifest.key()))
                .map(live -> on(target, manifest).applicable(live, Drift.MINIMUM_AND_MAXIMUM))
                .orElse(manifest);
    }

    private Decision decide(Manifest manifest) {
        Target target = target(manifest);
        return applied.isUnknown(target)
                ? Decision.NOTHING
                : guard.run(target, () -> decide(target, manifest), fault -> Decision.NOTHING);
    }

    /** The target that an object belongs to: for a workload, the autoscaler that scales its pods. */
    private Target target(Manifest manifest) {
        return isWorkload(manifest) ? scalers.targetOf(manifest.key()).orElse(own(manifest)) : own(manifest);
    }

    private Decision decide(Target target, Manifest manifest) {
        Optional<LiveObject> live = Optional.ofNullable(cluster.declared().get(manifest.key()));
        if (isWorkload(manifest)) {
            return workload(target, manifest, live);
        }
        return isAutoscaler(manifest)
                ? autoscaler(target, manifest, live)
                : on(target, manifest).other(live);
    }

    private Decision workload(Target target, Manifest manifest, Optional<LiveObject> live) {
        return scalers.targetOf(manifest.key())
                .flatMap(this::view)
                .flatMap(view ->
                        new WriteExclusion(target, view, instance, nextEdge(target), desiredState.at()).decided())
                .orElseGet(() -> workloadOf(target, withLongerDeadline(manifest, live), live));
    }

    private Decision workloadOf(Target target, Manifest manifest, Optional<LiveObject> live) {
        Optional<Freeze> freeze = scalers.targetOf(manifest.key()).flatMap(this::freeze);
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

    private Decision autoscaler(Target target, Manifest manifest, Optional<LiveObject> live) {
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
        return existing(decision, live.get(), view.get(), desired);
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
        return Optional.ofNullable(workloadOf.get(autoscaler))
                .filter(workload -> !cluster.isObserved(workload))
                .isPresent();
    }

    /** Autoscalers scale it, so it is written before them. */
    private static boolean isWorkload(Manifest manifest) {
        return Workload.FOLLOWED.contains(WorkloadKind.of(manifest.key()));
    }

    private static boolean isAutoscaler(Manifest manifest) {
        return AutoscalerKind.of(manifest.key().kind()).isPresent();
    }

    private Decision existing(
            ManifestDecision decision, LiveObject live, AutoscalerView view, Optional<DesiredBounds> desired) {
        if (view.meta().deleting()) {
            return Decision.skip(
                    new Skipped(decision.target(), Skipped.BEING_DELETED, SkippedText.beingDeleted(live.key())));
        }
        return new WriteExclusion(decision.target(), view, instance, nextEdge(decision.target()), desiredState.at())
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
                agreements);
    }

    private Optional<Freeze> freeze(Target target) {
        return desiredState
                .of(target)
                .map(desired -> new Freeze(desired, view(target), diagnoses.of(target), desiredState.at()));
    }

    private static int rank(Manifest manifest) {
        return isWorkload(manifest) ? 0 : 1;
    }

    private static Target own(Manifest manifest) {
        return new Target(manifest.key().namespace(), manifest.key().name());
    }
}
