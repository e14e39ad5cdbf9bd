package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Action.ReplicaSetVersion;
import io.tidewatch.model.Action.Version;
import io.tidewatch.model.Annotations;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.RemedyPolicy;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.State;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on the next attempt of a remedy. Only where a status is stale because of the Rollouts controller's cache:
 * a write to a ReplicaSet while a step is under way provokes that fault (argo-rollouts#4047) instead of curing it.
 */
record RemedyDecision(Wanted wanted, TargetObservation seen, ScaledObjectView live, Diagnosis diagnosis, Instant now) {

    /** The attempts that are left and the pause between them, or nothing to do. */
    Decided decide(Optional<Manifest> manifest, FloorDecision floor) {
        Optional<RemedyPolicy> allowed = wanted.schedule().remedies().stream()
                .filter(policy -> policy.type() == RemedyPolicy.Type.NUDGE_REPLICA_SETS)
                .findFirst();
        if (allowed.isEmpty() || !isCurable()) {
            return Decided.NOTHING;
        }
        RemedyPolicy policy = allowed.get();
        Remedies spent = spent(policy, floor);
        Optional<Instant> earliest = spent.last().map(last -> last.plus(policy.every()));
        if (earliest.isPresent() && now.isBefore(earliest.get())) {
            return Decided.NOTHING.lookAgainAt(earliest.get());
        }
        if (spent.attempts() >= policy.attempts()) {
            return Decided.hold(new Hold(
                    wanted.target(),
                    Hold.REMEDIES_SPENT,
                    spent.attempts() + " nudges did not help: remedies are spent"));
        }
        return Decided.act(nudge(policy, spent.another(now), manifest, floor)).lookAgainAt(now.plus(policy.every()));
    }

    private boolean isCurable() {
        return diagnosis.state() == State.STALE_STATUS
                && diagnosis.causes().contains(Cause.STALE_REPLICA_SET_CACHE)
                && !serving().isEmpty();
    }

    private Remedies spent(RemedyPolicy policy, FloorDecision floor) {
        return floor.isOfThisStretch()
                ? live.meta()
                        .annotation(Annotations.REMEDIES)
                        .map(text -> Remedies.read(text, policy))
                        .orElse(Remedies.NONE)
                : Remedies.NONE;
    }

    private Action nudge(RemedyPolicy policy, Remedies spent, Optional<Manifest> manifest, FloorDecision floor) {
        Map<String, String> memory = Memory.of(live);
        if (!floor.isOfThisStretch()) {
            memory.remove(Annotations.TAKEOVERS);
        }
        memory.put(Annotations.WINDOW, wanted.stretch());
        memory.put(Annotations.REMEDIES, spent.text());
        return new Action.NudgeReplicaSets(
                wanted.target(),
                new Version(live.meta().uid(), live.meta().resourceVersion()),
                Bodies.scaledObject(wanted.target(), manifest, live.bounds(), wanted.setsMax(), memory),
                serving(),
                spent.attempts(),
                policy.attempts(),
                now,
                "the Rollouts controller holds an old copy");
    }

    private List<ReplicaSetVersion> serving() {
        return seen.replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(ReplicaSetView::meta)
                .map(meta -> new ReplicaSetVersion(meta.name(), new Version(meta.uid(), meta.resourceVersion())))
                .toList();
    }
}
