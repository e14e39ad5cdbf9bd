package io.tidewatch.model.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Something that changes the cluster. Remedies are actions like any other. */
public sealed interface Action {

    Target target();

    /** Why, in a few words that a person reads. */
    String reason();

    /** The kind of action, as plans name it for scripts. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** Calls the method for this kind of action; there is one for each kind, so that none can be forgotten. */
    <R> R perform(Performer<R> performer);

    /** Carries actions out, or describes them. */
    interface Performer<R> {

        R setMinReplicas(SetMinReplicas action);

        R applyManifest(ApplyManifest action);

        R handOverReplicas(HandOverReplicas action);

        R nudgeReplicaSets(NudgeReplicaSets action);

        R patchRollout(PatchRollout action);
    }

    /**
     * Sets the minimum of an autoscaler, in one server-side apply.
     *
     * @param on the object's life and version that the decision was made on
     * @param from the live minimum; absent where none is written
     * @param maximum where the maximum changes with it
     * @param body everything we mean to own at this instant: what it leaves out is given up
     * @param force take fields over from whoever owns them
     */
    record SetMinReplicas(
            AutoscalerKind kind,
            Target target,
            Version on,
            OptionalInt from,
            int to,
            Optional<MaximumChange> maximum,
            Map<String, Object> body,
            boolean force,
            String reason)
            implements Action {

        /** False where only the maximum or our annotations change. */
        public boolean movesMinimum() {
            return !from.equals(OptionalInt.of(to));
        }

        @Override
        public <R> R perform(Performer<R> performer) {
            return performer.setMinReplicas(this);
        }
    }

    /**
     * Applies an object that a source declares, the desired minimum in place of the written one.
     *
     * @param on absent: the object must not exist yet
     * @param body the whole manifest
     * @param origin where the manifest is written
     * @param differences what the live object is not yet; empty at its creation
     * @param frozenUntil when the window ended whose freeze surely held it back until then; absent where none did, or it is not known
     */
    record ApplyManifest(
            Target target,
            ObjectKey key,
            Optional<Version> on,
            Map<String, Object> body,
            boolean force,
            Commit commit,
            Origin origin,
            List<Difference> differences,
            String reason,
            Optional<Instant> frozenUntil)
            implements Action {
        private static final Set<String> WITH_REVISIONS = Set.of("Rollout", "Deployment", "StatefulSet");

        public ApplyManifest {
            differences = List.copyOf(differences);
        }

        /** A write that no freeze is known to have held back. */
        public ApplyManifest(
                Target target,
                ObjectKey key,
                Optional<Version> on,
                Map<String, Object> body,
                boolean force,
                Commit commit,
                Origin origin,
                List<Difference> differences,
                String reason) {
            this(target, key, on, body, force, commit, origin, differences, reason, Optional.empty());
        }

        /** A change of an existing workload's pod template: a rollout begins. */
        public boolean beginsRevision() {
            return WITH_REVISIONS.contains(key.kind())
                    && on.isPresent()
                    && differences.stream().anyMatch(Difference::isOfTemplate);
        }

        /** The same write, of which it is known that the freeze of a window held it back until then. */
        public ApplyManifest frozenUntil(Instant end) {
            return new ApplyManifest(
                    target, key, on, body, force, commit, origin, differences, reason, Optional.of(end));
        }

        /** Changes no value: it only gives up a field that was handed over before. */
        public boolean givesUpOnly() {
            return on.isPresent() && differences.isEmpty();
        }

        @Override
        public <R> R perform(Performer<R> performer) {
            return performer.applyManifest(this);
        }
    }

    /**
     * Gives {@code spec.replicas} of a Rollout, carried once at its creation, to a field manager that never speaks
     * again: released outright, the Rollouts controller would write 1.
     */
    record HandOverReplicas(Target target, ObjectKey key, Version on, int replicas, String reason) implements Action {

        @Override
        public <R> R perform(Performer<R> performer) {
            return performer.handOverReplicas(this);
        }
    }

    /**
     * Annotates ReplicaSets, so that the Rollouts controller reads them anew (argo-rollouts#4047).
     *
     * @param attempt 1-based
     * @param body what the ScaledObject shall remember of it, with everything else we own there; written first
     */
    record NudgeReplicaSets(
            Target target,
            Version scaledObject,
            Map<String, Object> body,
            List<ReplicaSetVersion> replicaSets,
            int attempt,
            int attempts,
            Instant at,
            String reason)
            implements Action {
        public NudgeReplicaSets {
            replicaSets = List.copyOf(replicaSets);
        }

        @Override
        public <R> R perform(Performer<R> performer) {
            return performer.nudgeReplicaSets(this);
        }
    }

    /**
     * Sets or removes one field of a Rollout, as a remedy or at its end.
     *
     * @param rollout the Rollout's name, in the target's namespace
     * @param memory what the ScaledObject shall remember of it: written first where a remedy begins, last where it ends; absent
     *     where an end changes nothing of it
     * @param value absent: the field is removed
     * @param applied the apply that carries the field where Tidewatch applies the Rollout; absent: a merge patch
     */
    record PatchRollout(
            Target target,
            Change change,
            String rollout,
            Version on,
            Optional<Memory> memory,
            Optional<String> value,
            Optional<Map<String, Object>> applied,
            Attempt attempt,
            String reason)
            implements Action {

        /** By a merge patch. */
        public PatchRollout(
                Target target,
                Change change,
                String rollout,
                Version on,
                Optional<Memory> memory,
                Optional<String> value,
                Attempt attempt,
                String reason) {
            this(target, change, rollout, on, memory, value, Optional.empty(), attempt, reason);
        }

        /** Whether a remedy begins. */
        public boolean beginsRemedy() {
            return change.isBeginning();
        }

        @Override
        public String type() {
            return change.word();
        }

        @Override
        public <R> R perform(Performer<R> performer) {
            return performer.patchRollout(this);
        }
    }

    /** What a patch of a Rollout is for. */
    enum Change {
        RESTART("RestartRollout"),
        RESTART_DONE("GiveUpRestartAt"),
        NUDGE("NudgeRollout"),
        NUDGE_DONE("RemoveNudge"),
        EXTEND("ExtendProgressDeadline"),
        EXTEND_DONE("RestoreProgressDeadline"),

        /** Only the ScaledObject's memory of a remedy ends: nothing of it is left on the Rollout. */
        FORGOTTEN("ForgetRemedy");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /** As plans name it for scripts. */
        public String word() {
            return word;
        }

        /** Whether a remedy begins with it. */
        public boolean isBeginning() {
            return this == RESTART || this == NUDGE || this == EXTEND;
        }

        /** Whether it is to correct a stale status. */
        public boolean curesStatus() {
            return this == RESTART || this == NUDGE;
        }

        /** Whether it sets or removes the progress deadline. */
        public boolean isOfDeadline() {
            return this == EXTEND || this == EXTEND_DONE;
        }

        /** Whether the field is an annotation, not one of the spec. */
        public boolean isOfAnnotation() {
            return this == NUDGE || this == NUDGE_DONE;
        }
    }

    /**
     * What a ScaledObject shall remember of a remedy.
     *
     * @param body with everything else that we own there
     */
    record Memory(Version on, Map<String, Object> body) {}

    /** @param number 1-based; 0 at the end of a remedy */
    record Attempt(int number, int allowed) {
        public static final Attempt NONE = new Attempt(0, 0);

        @Override
        public String toString() {
            return "(attempt " + number + " of " + allowed + ")";
        }
    }

    /** How a maximum changes. */
    record MaximumChange(int from, int to) {

        /** @return nothing where it stays */
        public static Optional<MaximumChange> between(int from, int to) {
            return from == to ? Optional.empty() : Optional.of(new MaximumChange(from, to));
        }

        @Override
        public String toString() {
            return "maximum " + from + " → " + to;
        }
    }

    /** A life (uid) and a version (resourceVersion) of an object. */
    record Version(String uid, String resourceVersion) {}

    record ReplicaSetVersion(String name, Version version) {}
}
