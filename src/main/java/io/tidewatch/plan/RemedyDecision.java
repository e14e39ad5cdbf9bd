package io.tidewatch.plan;

import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.ReplicaSetVersion;
import io.tidewatch.model.plan.Action.Version;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Remedies;
import io.tidewatch.text.SkippedText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on the next attempt of a remedy. Only where a status is stale because of the Rollouts controller's cache:
 * a write to a ReplicaSet while a step is under way provokes that fault (argo-rollouts#4047) instead of curing it.
 */
record RemedyDecision(
        DesiredBounds desired, TargetObservation seen, ScaledObjectView live, Diagnosis diagnosis, Instant now) {

    /** The attempts that are left and the pause between them, or nothing to do. */
    Decision decide(Optional<Manifest> manifest) {
        Optional<RemedyPolicy> allowed = desired.schedule().remedies().stream()
                .filter(policy -> policy.type() == RemedyPolicy.Type.NUDGE_REPLICA_SETS)
                .findFirst();
        if (allowed.isEmpty() || !isCurable()) {
            return Decision.NOTHING;
        }
        RemedyPolicy policy = allowed.get();
        Remedies spent = spent(policy);
        Optional<Instant> earliest = spent.last().map(last -> last.plus(policy.every()));
        if (earliest.isPresent() && now.isBefore(earliest.get())) {
            return Decision.NOTHING.checkAgainAt(earliest.get());
        }
        if (spent.attempts() >= policy.attempts()) {
            return Decision.skip(
                    new Skipped(desired.target(), Skipped.REMEDIES_SPENT, SkippedText.remediesSpent(spent.attempts())));
        }
        return Decision.act(nudge(policy, spent.another(now), manifest)).checkAgainAt(now.plus(policy.every()));
    }

    private boolean isCurable() {
        return diagnosis.state() == State.STALE_STATUS
                && diagnosis.causes().contains(Cause.STALE_REPLICA_SET_CACHE)
                && !serving().isEmpty();
    }

    private Remedies spent(RemedyPolicy policy) {
        return ours().isOfPeriod(desired.period()) ? ours().remedies(policy) : Remedies.NONE;
    }

    private Action nudge(RemedyPolicy policy, Remedies spent, Optional<Manifest> manifest) {
        Map<String, String> memory = ours().afterRemedy(desired, spent);
        return new Action.NudgeReplicaSets(
                desired.target(),
                new Version(live.meta().uid(), live.meta().resourceVersion()),
                ApplyBodies.scaledObject(desired.target(), manifest, live.bounds(), desired.setsMax(), memory),
                serving(),
                spent.attempts(),
                policy.attempts(),
                now,
                "the Rollouts controller holds an old copy");
    }

    private OwnRecord ours() {
        return new OwnRecord(live.meta());
    }

    private List<ReplicaSetVersion> serving() {
        return seen.replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(ReplicaSetView::meta)
                .map(meta -> new ReplicaSetVersion(meta.name(), new Version(meta.uid(), meta.resourceVersion())))
                .toList();
    }
}
