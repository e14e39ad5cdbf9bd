package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.FieldManagers;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.Target;
import io.tidewatch.model.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a declared object needs: creation, its content, the hand-over of replicas, or nothing.
 *
 * @param force take back fields that others took
 */
record ManifestDecision(Target target, Manifest manifest, Commit commit, String instance, boolean force) {

    private static final List<String> REPLICAS = List.of("spec", "replicas");

    /**
     * A Rollout carries replicas once, at its creation, and then hands them over to a manager that never speaks again.
     *
     * @param floor what the autoscaler will ask for; absent: nothing scales it
     */
    Optional<Action> rollout(Optional<LiveObject> live, Optional<Integer> floor) {
        if (live.isEmpty()) {
            Map<String, Object> body = floor.filter(pods -> !writesReplicas())
                    .map(pods -> Bodies.withReplicas(manifest.content(), pods))
                    .orElseGet(manifest::content);
            return Optional.of(apply(Optional.empty(), body, "created by commit " + commit.shortId()));
        }
        LiveObject there = live.get();
        if (!writesReplicas() && owns(there, FieldManagers.TIDEWATCH)) {
            return Optional.of(
                    owns(there, FieldManagers.INITIAL_REPLICAS)
                            ? apply(
                                    Optional.of(there.version()),
                                    manifest.content(),
                                    "replicas belong to the autoscaler")
                            : new Action.HandOverReplicas(
                                    target,
                                    manifest.key(),
                                    there.version(),
                                    replicas(there),
                                    "replicas belong to the autoscaler"));
        }
        return Drift.between(manifest.content(), there.content())
                .map(path -> apply(Optional.of(there.version()), manifest.content(), changed(path)));
    }

    /** The ScaledObject where it does not exist yet: it carries the wanted minimum from its first request on. */
    Action createScaledObject(Optional<Wanted> wanted, Map<String, String> memory) {
        Map<String, Object> body = wanted.map(
                        w -> Bodies.scaledObject(target, Optional.of(manifest), w.bounds(), w.setsMax(), memory))
                .orElseGet(manifest::content);
        return apply(Optional.empty(), body, "created by commit " + commit.shortId());
    }

    /** Its other fields; the floor stays what it is, for whose value stands is decided elsewhere. */
    Optional<Action> scaledObject(LiveObject live, ScaledObjectView view, Optional<Wanted> wanted) {
        return Drift.between(manifest.content(), live.content()).map(path -> {
            Map<String, Object> body = wanted.map(w -> Bodies.scaledObject(
                            target, Optional.of(manifest), view.bounds(), w.setsMax(), Memory.of(view)))
                    .orElseGet(manifest::content);
            return apply(Optional.of(live.version()), body, changed(path));
        });
    }

    Optional<Action> other(Optional<LiveObject> live) {
        if (live.isEmpty()) {
            return Optional.of(apply(Optional.empty(), manifest.content(), "created by commit " + commit.shortId()));
        }
        return Drift.between(manifest.content(), live.get().content())
                .map(path -> apply(Optional.of(live.get().version()), manifest.content(), changed(path)));
    }

    private Action apply(Optional<Action.Version> on, Map<String, Object> body, String reason) {
        return new Action.ApplyManifest(target, manifest.key(), on, body, force, commit, reason);
    }

    private static String changed(String path) {
        return path.substring(1) + " differs";
    }

    private boolean writesReplicas() {
        return manifest.content().get("spec") instanceof Map<?, ?> spec && spec.containsKey("replicas");
    }

    private static boolean owns(LiveObject live, String manager) {
        return OwnedFields.of(live.content(), manager).contains(REPLICAS);
    }

    private static int replicas(LiveObject live) {
        return live.content().get("spec") instanceof Map<?, ?> spec && spec.get("replicas") instanceof Number pods
                ? pods.intValue()
                : Bounds.DEFAULT_MIN;
    }
}
