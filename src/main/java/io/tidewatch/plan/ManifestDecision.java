package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.plan.Agreements.Scope;
import io.tidewatch.text.Coexistence;
import io.tidewatch.text.FreezeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what a declared object needs: creation, its content, the hand-over of replicas, or nothing.
 *
 * @param commit the newest commit that changed the manifest's file, as far as it is known
 * @param change the commits that changed the file and are not applied yet
 * @param restoreDrift whether to take fields back from other managers; if not, they are left out and their owner is named
 * @param override the trailer that lets the manifest through a freeze
 * @param agreements the comparisons of earlier passes that found no difference
 */
record ManifestDecision(
        Target target,
        Manifest manifest,
        Commit commit,
        Optional<FileChange> change,
        boolean restoreDrift,
        Optional<FreezeOverride> override,
        Agreements agreements) {

    private static final List<String> REPLICAS = List.of("spec", "replicas");
    private static final String FOR_THE_AUTOSCALER = "replicas belong to the autoscaler";

    private static final Set<String> OURS = Set.of(FieldManagers.TIDEWATCH);

    /** Field managers whose fields Tidewatch may always write: its own, and the controller that writes back what was applied. */
    private static final Set<String> NO_RIVALS =
            Set.of(FieldManagers.TIDEWATCH, FieldManagers.INITIAL_REPLICAS, FieldManagers.ROLLOUTS_CONTROLLER);

    /**
     * A workload under an autoscaler is created with replicas, which are then handed over to a field manager that never writes
     * again.
     *
     * @param minimum the pods that the autoscaler will ask for at least; absent: nothing scales the workload
     * @param hold why a new revision has to wait
     */
    Decision workload(Optional<LiveObject> live, Optional<Integer> minimum, Optional<Freeze.Hold> hold) {
        Scope scope = minimum.isPresent() ? Scope.BUT_REPLICAS : Scope.ALL;
        if (agrees(live, scope)) {
            return Decision.NOTHING;
        }
        boolean isScaled = minimum.isPresent()
                || live.filter(this::isScaledByRolloutsController).isPresent();
        Map<String, Object> content =
                isScaled ? ApplyBodies.without(manifest.content(), Drift.REPLICAS) : manifest.content();
        if (live.isEmpty()) {
            return create(
                    minimum.map(pods -> ApplyBodies.withReplicas(content, pods)).orElse(content));
        }
        LiveObject there = live.get();
        boolean ownsReplicas = !writesReplicas(content) && owns(there, FieldManagers.TIDEWATCH);
        if (ownsReplicas && !owns(there, FieldManagers.INITIAL_REPLICAS)) {
            return Decision.act(handOver(there));
        }
        List<Difference> differences = Drift.between(content, there.content(), Set.of());
        if (differences.isEmpty() && !ownsReplicas) {
            return agreed(there, scope);
        }
        HeldRevision revision = new HeldRevision(there, ofTemplate(there, differences), commit, change);
        Optional<FreezeOverride> override = revision.override(NO_RIVALS);
        if (hold.isPresent() && revision.exists() && override.isEmpty()) {
            return held(revision, hold.get());
        }
        if (ownsReplicas) {
            return Decision.act(apply(there, content, List.of(), FOR_THE_AUTOSCALER));
        }
        return hold.isPresent() && revision.exists()
                ? new ManifestDecision(target, manifest, commit, change, restoreDrift, override, agreements)
                        .bring(there, content, differences)
                : bring(there, content, differences);
    }

    /** With {@code workloadRef.scaleDown} the Rollouts controller scales the Deployment that holds a Rollout's template. */
    private boolean isScaledByRolloutsController(LiveObject live) {
        return manifest.key().kind().equals(FurtherKind.DEPLOYMENT.kind())
                && !owns(live, FieldManagers.TIDEWATCH)
                && OwnedFields.of(live.content(), Drift.REPLICAS, OURS)
                        .managers()
                        .contains(FieldManagers.ROLLOUTS_CONTROLLER);
    }

    /** The same decision, and that the freeze of the window which ended then held its write back. */
    Decision afterFreeze(Decision decided, LiveObject live, Instant end) {
        return decided.action()
                .filter(Action.ApplyManifest.class::isInstance)
                .map(Action.ApplyManifest.class::cast)
                .filter(apply -> new HeldRevision(live, ofTemplate(live, apply.differences()), commit, change)
                        .wasHeldUntil(end, NO_RIVALS))
                .map(apply -> decided.and(apply.frozenUntil(end)))
                .orElse(decided);
    }

    /** Where drift is only reported, the fields of others are not written, in a freeze and outside of it. */
    private List<Difference> ofTemplate(LiveObject live, List<Difference> differences) {
        return differences.stream()
                .filter(Difference::isOfTemplate)
                .filter(difference -> restoreDrift
                        || OwnedFields.of(live.content(), difference.path(), NO_RIVALS)
                                .managers()
                                .isEmpty())
                .toList();
    }

    private Decision held(HeldRevision revision, Freeze.Hold hold) {
        Decision skipped = Decision.skip(revision.skipped(target, hold, NO_RIVALS));
        return hold.checkAgainAt().map(skipped::checkAgainAt).orElse(skipped);
    }

    /** An autoscaler where it does not exist yet: it carries the desired minimum from its first request on. */
    Decision createAutoscaler(Optional<DesiredBounds> desired, Map<String, String> memory) {
        return create(desired.map(w -> ApplyBodies.autoscaler(
                        w.schedule().targets().kind(), target, Optional.of(manifest), w.bounds(), w.setsMax(), memory))
                .orElseGet(manifest::content));
    }

    /** The fields of a scheduled ScaledObject that no schedule moves. Minimum and maximum stay as they are here. */
    Decision scheduledObject(LiveObject live, AutoscalerView view, boolean setsMax) {
        Scope scope = setsMax ? Scope.BUT_MINIMUM_AND_MAXIMUM : Scope.BUT_MINIMUM;
        if (agreements.isKnown(manifest, live, scope)) {
            return Decision.NOTHING;
        }
        Set<String> elsewhere = setsMax ? Drift.MINIMUM_AND_MAXIMUM : Drift.MINIMUM_ONLY;
        List<Difference> differences = Drift.between(manifest.content(), live.content(), elsewhere);
        if (differences.isEmpty()) {
            return agreed(live, scope);
        }
        Map<String, Object> body = ApplyBodies.autoscaler(
                view.kind(),
                target,
                Optional.of(manifest),
                view.bounds(),
                setsMax,
                new OwnRecord(view.meta()).carried());
        return bring(live, body, differences);
    }

    /** A ScaledObject that no schedule names: applied as in the manifest, but never without one of its bounds. */
    Decision unscheduledObject(LiveObject live, AutoscalerView view) {
        Map<String, Object> body = ApplyBodies.keepingBounds(manifest.content(), view);
        return bring(live, body, Drift.between(body, live.content(), Set.of()));
    }

    /** An object of another kind, of which no schedule moves a field. */
    Decision other(Optional<LiveObject> live) {
        return agrees(live, Scope.ALL)
                ? Decision.NOTHING
                : live.map(this::compared).orElseGet(() -> create(manifest.content()));
    }

    private Decision compared(LiveObject live) {
        List<Difference> differences = Drift.between(manifest.content(), live.content(), Set.of());
        return differences.isEmpty() ? agreed(live, Scope.ALL) : bring(live, manifest.content(), differences);
    }

    private boolean agrees(Optional<LiveObject> live, Scope scope) {
        return live.filter(there -> agreements.isKnown(manifest, there, scope)).isPresent();
    }

    private Decision agreed(LiveObject live, Scope scope) {
        agreements.add(manifest, live, scope);
        return Decision.NOTHING;
    }

    /** The manifest without the fields that others keep at another value, where drift is reported and not corrected. */
    Manifest applicable(LiveObject live, Set<String> elsewhere) {
        if (restoreDrift) {
            return manifest;
        }
        Map<String, Object> rest = manifest.content();
        for (Difference difference : Drift.between(manifest.content(), live.content(), elsewhere)) {
            OwnedFields.Owners owners = OwnedFields.of(live.content(), difference.path(), NO_RIVALS);
            rest = owners.managers().isEmpty() ? rest : ApplyBodies.without(rest, owners.leaf());
        }
        return new Manifest(manifest.key(), rest, manifest.origin());
    }

    private Decision bring(LiveObject live, Map<String, Object> body, List<Difference> differences) {
        if (restoreDrift) {
            return differences.isEmpty() ? Decision.NOTHING : Decision.act(apply(live, body, differences));
        }
        Map<Difference, OwnedFields.Owners> theirs = new LinkedHashMap<>();
        List<Difference> ours = new ArrayList<>();
        for (Difference difference : differences) {
            OwnedFields.Owners owners = OwnedFields.of(live.content(), difference.path(), NO_RIVALS);
            if (owners.managers().isEmpty()) {
                ours.add(difference);
            } else {
                theirs.put(difference, owners);
            }
        }
        Map<String, Object> rest = body;
        for (OwnedFields.Owners owners : theirs.values()) {
            rest = ApplyBodies.without(rest, owners.leaf());
        }
        Decision reported = theirs.isEmpty() ? Decision.NOTHING : Decision.skip(reported(theirs));
        return ours.isEmpty() ? reported : reported.and(apply(live, rest, ours));
    }

    private Skipped reported(Map<Difference, OwnedFields.Owners> theirs) {
        String fields = theirs.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue().managers()) + " keeps "
                        + entry.getKey().path().substring(1) + " at "
                        + entry.getKey().live().orElse("(none)") + ", commit " + commit.shortId() + " says "
                        + entry.getKey().written().orElse("(none)"))
                .collect(Collectors.joining("; "));
        return new Skipped(
                target,
                Skipped.DRIFT,
                manifest.key().kind() + " " + manifest.key().name() + ": " + fields);
    }

    private Decision create(Map<String, Object> body) {
        return Decision.act(new Action.ApplyManifest(
                target,
                manifest.key(),
                Optional.empty(),
                body,
                false,
                commit,
                manifest.origin(),
                List.of(),
                "created by commit " + commit.shortId()));
    }

    private Action apply(LiveObject live, Map<String, Object> body, List<Difference> differences) {
        Difference first = differences.get(0);
        int others = differences.size() - 1;
        return apply(
                live,
                body,
                differences,
                first
                        + (others == 0 ? "" : " and " + others + " more " + (others == 1 ? "field" : "fields"))
                        + override.map(FreezeText::overridden).orElse("")
                        + takenFrom(live, differences));
    }

    /** Who owned the fields until now, and the setting by which that tool and Tidewatch stop overwriting each other. */
    private String takenFrom(LiveObject live, List<Difference> differences) {
        return differences.stream()
                .map(difference -> OwnedFields.of(live.content(), difference.path(), NO_RIVALS))
                .filter(owners -> !owners.managers().isEmpty())
                .findFirst()
                .map(owners -> ", taken from " + String.join(", ", owners.managers()) + "; to leave it to them: "
                        + Coexistence.rule(owners.managers().get(0), manifest.key(), owners.leaf(), "drift: Report"))
                .orElse("");
    }

    private Action apply(LiveObject live, Map<String, Object> body, List<Difference> differences, String reason) {
        boolean force = OwnedFields.ownsAny(live.content(), FieldManagers.ROLLOUTS_CONTROLLER)
                || differences.stream()
                        .anyMatch(difference -> !OwnedFields.of(live.content(), difference.path(), OURS)
                                .managers()
                                .isEmpty());
        return new Action.ApplyManifest(
                target,
                manifest.key(),
                Optional.of(live.version()),
                body,
                force,
                commit,
                manifest.origin(),
                differences,
                reason);
    }

    private Action handOver(LiveObject live) {
        return new Action.HandOverReplicas(target, manifest.key(), live.version(), replicas(live), FOR_THE_AUTOSCALER);
    }

    private static boolean writesReplicas(Map<String, Object> content) {
        return content.get("spec") instanceof Map<?, ?> spec && spec.containsKey("replicas");
    }

    private static boolean owns(LiveObject live, String manager) {
        return OwnedFields.owns(live.content(), manager, REPLICAS);
    }

    private static int replicas(LiveObject live) {
        return live.content().get("spec") instanceof Map<?, ?> spec && spec.get("replicas") instanceof Number pods
                ? pods.intValue()
                : Bounds.DEFAULT_MIN;
    }
}
