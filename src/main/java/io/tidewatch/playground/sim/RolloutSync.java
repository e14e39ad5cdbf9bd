package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.ArrayList;
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
    /** The hash that argo-rollouts gives to a canary without steps; it tells a Rollout's first synchronisation. */
    static final String NO_STEPS_HASH = "5ffbfbbd64";

    private final RolloutState state;
    private final RolloutView rollout;
    private final List<Write> writes = new ArrayList<>();

    private RolloutSync(RolloutState state) {
        this.state = state;
        this.rollout = state.rollout();
    }

    /** What to write now, in order, and when to look again without a change. */
    static Decision decide(RolloutState state) {
        if (state.rollout().live().deleting() || state.rollout().isBeyondSimulation()) {
            return Decision.NOTHING;
        }
        return new RolloutSync(state).decide();
    }

    private Decision decide() {
        if (!rollout.live().has("spec", "replicas")) {
            writes.add(rolloutPatch(Map.of("spec", Map.of("replicas", 1))));
            return Decision.of(writes);
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
        ReplicaScaling scaling = new ReplicaScaling(state);
        if (scaling.isScalingEvent()) {
            return replicasOnly(scaling);
        }
        return rollout.isBlueGreen() ? blueGreen(scaling) : canary(scaling);
    }

    /** v1.7.2 writes a canary's new status before it creates the ReplicaSet, and before the very first one. */
    private boolean writesStatusFirst() {
        return !rollout.isBlueGreen()
                && (state.isTemplateChanged()
                        || !NO_STEPS_HASH.equals(rollout.live().text("status", "currentStepHash")));
    }

    private Decision invalidSpec(String why) {
        RolloutStatus status = new RolloutStatus(rollout);
        String message = "The Rollout \"" + rollout.live().name() + "\" is invalid: " + why;
        status.conditions().set(RolloutCondition.now("InvalidSpec", true, "InvalidSpec", message, state.now()));
        persist(status);
        return Decision.then(writes, Duration.ofSeconds(20));
    }

    private Decision createReplicaSet() {
        int revision = state.newRevision();
        Live owner = rollout.live();
        String name = owner.name() + "-" + state.freshHash();
        writes.add(new Write.Create(
                Kind.REPLICA_SET,
                owner.key().namespace(),
                ReplicaSetTemplate.of(rollout, state.freshHash(), revision)));
        if (rollout.revision() != revision) {
            writes.addAll(rolloutRevision(revision));
        }
        announce("NewReplicaSetCreated", "Created ReplicaSet " + name + " (revision " + revision + ")");
        RolloutStatus status = new RolloutStatus(rollout);
        status.conditions()
                .set(RolloutCondition.now(
                        "Progressing",
                        true,
                        "NewReplicaSetCreated",
                        "Created new replica set \"" + name + "\"",
                        state.now()));
        patchStatus(status);
        return Decision.of(writes);
    }

    private List<Write> rolloutRevision(int revision) {
        Write patch = rolloutPatch(Map.of("metadata", Map.of("annotations", Map.of(RsCopy.REVISION, "" + revision))));
        return List.of(patch, announcement("RolloutUpdated", "Rollout updated to revision " + revision));
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

    /** A scaling event: sizes and two counters only; the conditions stay as they were (changed in 1.10). */
    private Decision replicasOnly(ReplicaScaling scaling) {
        Decision scaled = scaling.reconcile();
        writes.addAll(scaled.writes());
        RolloutStatus status = new RolloutStatus(rollout);
        List<RsCopy> serving = serving(rollout.activeHash());
        status.count("HPAReplicas", sum(serving, RsCopy::replicas));
        status.count("availableReplicas", sum(serving, RsCopy::available));
        persist(status);
        return new Decision(writes, scaled.again());
    }

    private Decision canary(ReplicaScaling scaling) {
        if (state.isTemplateChanged() || !NO_STEPS_HASH.equals(rollout.live().text("status", "currentStepHash"))) {
            return canaryStatus(Decision.NOTHING);
        }
        Decision scaled = rollout.isPausedByUser() ? Decision.NOTHING : scaling.reconcile();
        writes.addAll(scaled.writes());
        return canaryStatus(scaled);
    }

    private Decision canaryStatus(Decision scaled) {
        RolloutStatus status = baseStatus();
        status.count("availableReplicas", state.total(RsCopy::available));
        status.count("HPAReplicas", state.total(RsCopy::replicas));
        status.text("selector", RolloutView.formatted(rollout.selectorLabels()));
        boolean restarted = state.isTemplateChanged()
                || !NO_STEPS_HASH.equals(rollout.live().text("status", "currentStepHash"));
        status.text("currentStepHash", NO_STEPS_HASH);
        if (!restarted) {
            canaryPromotion().ifPresent(reason -> promote(status, reason));
        }
        return finish(status, scaled);
    }

    private Optional<String> canaryPromotion() {
        if (state.stable().isEmpty()) {
            return Optional.of("Initial deploy");
        }
        int wanted = rollout.replicas();
        boolean serves = state.fresh()
                .filter(fresh -> state.version() == RolloutsVersion.V1_7_2
                        ? fresh.available() == wanted
                        : fresh.available() >= wanted)
                .isPresent();
        return serves ? Optional.of("Completed all 0 canary steps") : Optional.empty();
    }

    private Decision blueGreen(ReplicaScaling scaling) {
        Optional<RsCopy> fresh = state.fresh();
        BlueGreenServices services = new BlueGreenServices(state);
        fresh.ifPresent(one -> writes.addAll(services.preview(one)));
        Decision scaled = Decision.NOTHING;
        if (!state.isTemplateChanged() && fresh.isPresent()) {
            scaled = scaling.reconcile();
            writes.addAll(scaled.writes());
            if (!rollout.isPausedByUser()) {
                writes.addAll(services.cutOver(fresh.get()));
            }
        }
        RolloutStatus status = baseStatus();
        status.selectors(services.activeHash(), services.previewHash());
        blueGreenPromotion(status).ifPresent(reason -> promote(status, reason));
        countServing(status);
        return finish(status, scaled);
    }

    private Optional<String> blueGreenPromotion(RolloutStatus status) {
        if (state.stable().isEmpty() || status.activeSelector().isEmpty()) {
            return Optional.of("Initial deploy");
        }
        return status.activeSelector().equals(status.text("currentPodHash"))
                ? Optional.of("Completed blue-green update")
                : Optional.empty();
    }

    private void countServing(RolloutStatus status) {
        Optional<RsCopy> active = state.byHash(status.activeSelector());
        List<RsCopy> serving = serving(status.activeSelector());
        status.count("HPAReplicas", sum(serving, RsCopy::replicas));
        status.count("availableReplicas", sum(serving, RsCopy::available));
        status.count("readyReplicas", sum(serving, RsCopy::ready));
        status.text(
                "selector",
                RolloutView.formatted(active.map(RsCopy::selectorLabels).orElse(rollout.selectorLabels())));
    }

    /** The ReplicaSets that count as serving: of a blue-green the active one, if there is one; else all. */
    private List<RsCopy> serving(String activeHash) {
        return rollout.isBlueGreen()
                ? state.byHash(activeHash).map(List::of).orElse(state.replicaSets())
                : state.replicaSets();
    }

    private static int sum(List<RsCopy> sets, java.util.function.ToIntFunction<RsCopy> counter) {
        return sets.stream().mapToInt(counter).sum();
    }

    private RolloutStatus baseStatus() {
        RolloutStatus status = new RolloutStatus(rollout);
        status.conditions().remove("InvalidSpec");
        status.text("currentPodHash", state.freshHash());
        status.count("replicas", state.total(RsCopy::replicas));
        status.count("updatedReplicas", state.fresh().map(RsCopy::replicas).orElse(0));
        status.count("readyReplicas", state.total(RsCopy::ready));
        return status;
    }

    private void promote(RolloutStatus status, String reason) {
        String current = status.text("currentPodHash");
        if (!status.text("stableRS").equals(current)) {
            status.text("stableRS", current);
            announce(
                    "RolloutCompleted",
                    "Rollout completed update to revision %d (%s): %s".formatted(rollout.revision(), current, reason));
        }
    }

    private Decision finish(RolloutStatus status, Decision scaled) {
        writes.addAll(RolloutConditions.recompute(state, status));
        boolean changed = persist(status);
        Optional<Duration> again = scaled.again().isPresent() || changed ? scaled.again() : progressCheck(status);
        return new Decision(writes, again);
    }

    /** When nothing moves any more, look again once the progress deadline has passed. */
    private Optional<Duration> progressCheck(RolloutStatus status) {
        return status.conditions()
                .get("Progressing")
                .filter(one -> !one.reason().equals("ProgressDeadlineExceeded"))
                .filter(one -> !one.reason().equals("NewReplicaSetAvailable"))
                .filter(one -> !rollout.isPaused())
                .map(one -> Duration.between(
                        state.now(), one.updated().plusSeconds(rollout.progressDeadlineSeconds() + 1L)))
                .map(left -> left.isNegative() || left.isZero() ? Duration.ofSeconds(1) : left);
    }

    private boolean persist(RolloutStatus status) {
        status.text("observedGeneration", "" + rollout.live().generation());
        RolloutPhase phase = RolloutPhase.of(rollout, status);
        status.text("phase", phase.phase()).text("message", phase.message());
        return patchStatus(status);
    }

    private boolean patchStatus(RolloutStatus status) {
        Map<String, Object> patch = status.patch();
        if (patch.isEmpty()) {
            return false;
        }
        writes.add(new Write.PatchStatus(Kind.ROLLOUT, rollout.live().key(), patch));
        return true;
    }

    private Write rolloutPatch(Map<String, Object> patch) {
        return new Write.Patch(Kind.ROLLOUT, rollout.live().key(), patch);
    }

    private Write announcement(String reason, String message) {
        return Write.Announce.normal(Kind.ROLLOUT, rollout.live(), reason, message);
    }

    private void announce(String reason, String message) {
        writes.add(announcement(reason, message));
    }
}
