package io.tidewatch.plan;

import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what the objects that one source declares need, in dependency order. */
final class SourceDecision {

    private static final String ROLLOUT = "Rollout";
    private static final String SCALED_OBJECT = "ScaledObject";
    private static final List<String> ORDER = List.of(ROLLOUT, SCALED_OBJECT);

    private final SourceDefinitions source;
    private final SourcePolicy policy;
    private final DesiredState desiredState;
    private final ClusterState cluster;
    private final Observation observation;
    private final Diagnoses diagnoses;
    private final String instance;
    private final Map<Target, Manifest> scaledObjects;
    private final Scalers scalers;
    private final Guard guard;
    private final Applied applied;

    /** The ScaledObjects whose Rollout this source declares too. */
    private final Set<Target> withRollout;

    /**
     * @param guard catches internal errors of a decision
     * @param applied has the targets without writes, and gets those that fail here
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
            Applied applied) {
        this.source = source;
        this.policy = policy;
        this.desiredState = desiredState;
        this.cluster = cluster;
        this.observation = observation;
        this.diagnoses = diagnoses;
        this.instance = instance;
        this.scaledObjects = source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(SCALED_OBJECT))
                .collect(Collectors.toUnmodifiableMap(
                        SourceDecision::own, Function.identity(), (first, second) -> first));
        this.scalers = new Scalers(scaledObjects.values(), cluster, desiredState);
        this.guard = guard;
        this.applied = applied;
        this.withRollout = source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(ROLLOUT))
                .flatMap(rollout -> scalers.of(own(rollout)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Decision> decisions() {
        return source.manifests().stream()
                .filter(manifest -> !cluster.missing(manifest.key().namespace())
                        .contains(manifest.key().kind()))
                .sorted(Comparator.comparingInt(SourceDecision::rank))
                .map(this::decide)
                .toList();
    }

    /** The ScaledObjects that this source applies and that Tidewatch may write, by target. */
    Map<Target, Manifest> scaledObjects() {
        Map<Target, Manifest> ours = new HashMap<>();
        scaledObjects.forEach((target, manifest) -> guard.run(
                        target, () -> Optional.of(applicable(target, manifest)), fault -> Optional.<Manifest>empty())
                .ifPresentOrElse(found -> ours.put(target, found), () -> applied.exclude(target)));
        return ours;
    }

    /** The Rollouts that this source applies, by the ScaledObject that scales them. */
    Map<Target, DeclaredRollout> rollouts() {
        Map<Target, DeclaredRollout> found = new HashMap<>();
        source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(ROLLOUT))
                .forEach(manifest -> scalers.of(own(manifest))
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

    /** The target that an object belongs to: for a Rollout, the ScaledObject that scales it. */
    private Target target(Manifest manifest) {
        return manifest.key().kind().equals(ROLLOUT) ? scalers.of(own(manifest)).orElse(own(manifest)) : own(manifest);
    }

    private Decision decide(Target target, Manifest manifest) {
        Optional<LiveObject> live = Optional.ofNullable(cluster.declared().get(manifest.key()));
        return switch (manifest.key().kind()) {
            case ROLLOUT -> rollout(target, manifest, live);
            case SCALED_OBJECT -> scaledObject(target, manifest, live);
            default -> on(target, manifest).other(live);
        };
    }

    private Decision rollout(Target target, Manifest manifest, Optional<LiveObject> live) {
        return scalers.of(own(manifest))
                .flatMap(this::view)
                .flatMap(view ->
                        new WriteExclusion(target, view, instance, nextEdge(target), desiredState.at()).decided())
                .orElseGet(() -> rolloutOf(target, withLongerDeadline(manifest, live), live));
    }

    private Decision rolloutOf(Target target, Manifest manifest, Optional<LiveObject> live) {
        Optional<Freeze> freeze = freeze(target);
        ManifestDecision decision = on(target, manifest);
        Decision decided = decision.rollout(live, scalers.minimumOf(own(manifest)), freeze.flatMap(Freeze::hold));
        return live.flatMap(
                        there -> freeze.flatMap(Freeze::endedAt).map(end -> decision.afterFreeze(decided, there, end)))
                .orElse(decided);
    }

    /** A deadline that a remedy made longer is carried until it is put back, unless a commit changes it meanwhile. */
    private Manifest withLongerDeadline(Manifest manifest, Optional<LiveObject> live) {
        return scalers.of(own(manifest))
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

    private Decision scaledObject(Target target, Manifest manifest, Optional<LiveObject> live) {
        Optional<DesiredBounds> desired = desiredState.of(target);
        ManifestDecision decision = on(target, manifest);
        if (live.isEmpty() && waitsForItsRollout(target)) {
            return Decision.NOTHING;
        }
        if (live.isEmpty()) {
            Map<String, String> memory = desired.map(w -> OwnRecord.first(w, instance, desiredState.at()))
                    .orElse(Map.of());
            return decision.createScaledObject(desired, memory);
        }
        return view(target)
                .map(view -> existing(decision, live.get(), view, desired))
                .orElse(Decision.NOTHING);
    }

    /** Whether the Rollout of a ScaledObject is declared too but not observed yet. The Rollout is created first. */
    private boolean waitsForItsRollout(Target scaledObject) {
        return cluster.missing(scaledObject.namespace()).contains(ROLLOUT) && withRollout.contains(scaledObject);
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

    /** Whether nothing of the ScaledObject is written until the next edge; the reason is reported with the minimum. */
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
                Optional.empty());
    }

    private Optional<Freeze> freeze(Target target) {
        return desiredState
                .of(target)
                .map(desired -> new Freeze(desired, view(target), diagnoses.of(target), desiredState.at()));
    }

    private static int rank(Manifest manifest) {
        int rank = ORDER.indexOf(manifest.key().kind());
        return rank < 0 ? ORDER.size() : rank;
    }

    private static Target own(Manifest manifest) {
        return new Target(manifest.key().namespace(), manifest.key().name());
    }
}
