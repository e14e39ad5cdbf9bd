package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One synchronisation of the Rollouts controller, as a function of what its caches hold: argo-rollouts,
 * {@code rollout/sync.go}. Where the real one goes on with the reply of a write, this one ends its turn: the write's
 * watch event starts the next one.
 */
final class RolloutSync {
    private final RolloutState state;
    private final RolloutView rollout;
    private final SyncTurn turn;

    private RolloutSync(RolloutState state) {
        this.state = state;
        this.rollout = state.rollout();
        this.turn = new SyncTurn(state);
    }

    /** The writes of now, in order, and when to synchronise again without a change. */
    static Decision decide(RolloutState state) {
        if (state.rollout().live().deleting() || state.rollout().isBeyondSimulation()) {
            return Decision.NOTHING;
        }
        return new RolloutSync(state).decide();
    }

    private Decision decide() {
        if (!rollout.live().has("spec", "replicas")) {
            turn.add(turn.rolloutPatch(Map.of("spec", Map.of("replicas", 1))));
            return turn.done();
        }
        Optional<String> invalid = BlueGreenServices.invalid(state);
        if (invalid.isPresent()) {
            return invalidSpec(invalid.get());
        }
        if (state.fresh().isEmpty() && (state.version().createsReplicaSetFirst() || !writesStatusFirst())) {
            return createReplicaSet();
        }
        Optional<Write> revision = state.fresh().flatMap(this::annotationsOf);
        if (revision.isPresent()) {
            return Decision.of(List.of(revision.get()));
        }
        if (state.fresh().isPresent()
                && rollout.revision() != state.fresh().get().revision()) {
            return Decision.of(rolloutRevision(state.fresh().get().revision()));
        }
        return PausedConditions.bringUpToDate(state).orElseGet(this::byStrategy);
    }

    private Decision byStrategy() {
        ReplicaScaling scaling = new ReplicaScaling(state);
        if (scaling.isScalingEvent()) {
            return replicasOnly(scaling);
        }
        return rollout.isBlueGreen()
                ? new BlueGreenSync(state, turn).decide(scaling)
                : new CanarySync(state, turn).decide(scaling);
    }

    /** v1.7.2 writes a canary's new status before it creates the ReplicaSet, and before the very first one. */
    private boolean writesStatusFirst() {
        return !rollout.isBlueGreen() && CanarySync.startsAnew(state);
    }

    private Decision invalidSpec(String why) {
        RolloutStatus status = new RolloutStatus(rollout);
        String message = "The Rollout \"" + rollout.live().name() + "\" is invalid: " + why;
        status.conditions().set(WorkloadCondition.now("InvalidSpec", true, "InvalidSpec", message, state.now()));
        turn.persist(status);
        return turn.again(Optional.of(Duration.ofSeconds(20)));
    }

    private Decision createReplicaSet() {
        int revision = state.newRevision();
        Live owner = rollout.live();
        String name = owner.name() + "-" + state.freshHash();
        turn.add(new Write.Create(
                Kind.REPLICA_SET,
                owner.key().namespace(),
                ReplicaSetTemplate.of(rollout, state.freshHash(), revision)));
        if (rollout.revision() != revision) {
            turn.addAll(rolloutRevision(revision));
        }
        turn.announce("NewReplicaSetCreated", "Created ReplicaSet " + name + " (revision " + revision + ")");
        RolloutStatus status = new RolloutStatus(rollout);
        status.conditions()
                .set(WorkloadCondition.now(
                        "Progressing",
                        true,
                        "NewReplicaSetCreated",
                        "Created new replica set \"" + name + "\"",
                        state.now()));
        turn.patchStatus(status);
        return turn.done();
    }

    private List<Write> rolloutRevision(int revision) {
        Write patch =
                turn.rolloutPatch(Map.of("metadata", Map.of("annotations", Map.of(RsCopy.REVISION, "" + revision))));
        return List.of(patch, turn.announcement("RolloutUpdated", "Rollout updated to revision " + revision));
    }

    /** The new ReplicaSet carries the Rollout's annotations and the highest revision; older ones are kept as history. */
    private Optional<Write> annotationsOf(RsCopy fresh) {
        Map<String, Object> changed = new LinkedHashMap<>();
        rollout.live().annotations().forEach((name, value) -> {
            if (ReplicaSetTemplate.isCopied(name)
                    && !value.equals(fresh.live().annotations().get(name))) {
                changed.put(name, value);
            }
        });
        if (fresh.revision() < state.newRevision()) {
            changed.put(RsCopy.REVISION, "" + state.newRevision());
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        String history = fresh.live().annotations().getOrDefault(RsCopy.REVISION_HISTORY, "");
        changed.put(
                RsCopy.REVISION_HISTORY, history.isEmpty() ? "" + fresh.revision() : history + "," + fresh.revision());
        return Optional.of(new Write.Patch(
                Kind.REPLICA_SET, fresh.live().key(), Map.of("metadata", Map.of("annotations", changed))));
    }

    /**
     * A scaling event: sizes (of a halted canary not even these, so that it stays one) and two counters only; the
     * conditions stay as they were (changed in 1.10).
     */
    private Decision replicasOnly(ReplicaScaling scaling) {
        Decision scaled = scaling.reconcile();
        turn.addAll(scaled.writes());
        RolloutStatus status = new RolloutStatus(rollout);
        List<RsCopy> serving = turn.serving(rollout.activeHash());
        status.count("HPAReplicas", SyncTurn.sum(serving, RsCopy::replicas));
        status.count("availableReplicas", SyncTurn.sum(serving, RsCopy::available));
        turn.persist(status);
        return turn.again(scaled.again());
    }
}
