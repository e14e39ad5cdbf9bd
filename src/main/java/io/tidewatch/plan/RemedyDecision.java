package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Night;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Attempt;
import io.tidewatch.model.plan.Action.ReplicaSetVersion;
import io.tidewatch.model.plan.Action.Version;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Remedies;
import io.tidewatch.text.RemedyText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on the next attempt of a remedy, in the order of the schedule. Only where a status is stale because of the Rollouts
 * controller's cache: a write to a ReplicaSet while a step is under way provokes that fault (argo-rollouts#4047) instead of curing
 * it.
 */
record RemedyDecision(
        DesiredBounds desired,
        TargetObservation seen,
        AutoscalerView live,
        Diagnosis diagnosis,
        Budgets budgets,
        String instance,
        Moment now) {

    /** How soon the budgets of a namespace should be known once they are watched. */
    private static final Duration BUDGETS = Duration.ofSeconds(1);

    private static final String REASON = "the Rollouts controller holds an old copy";

    /** The next attempt, when the next one is due, or why there is none. */
    Decision decide(Optional<Manifest> manifest) {
        if (desired.schedule().remedies().isEmpty() || !isCurable()) {
            return Decision.NOTHING;
        }
        Remedies spent = ours().remedies(desired.period());
        Optional<Instant> earliest = earliest(spent);
        if (earliest.filter(now::isBefore).isPresent()) {
            return Decision.NOTHING.checkAgainAt(earliest.get());
        }
        if (spent.isNightSpent(night())) {
            return spent(List.of(RemedyText.nightSpent(spent.attempts(night()))));
        }
        List<String> reasons = new ArrayList<>();
        for (RemedyPolicy policy : cures()) {
            if (policy.type() == RemedyPolicy.Type.RESTART_ROLLOUT && areBudgetsPending()) {
                return Decision.NOTHING.checkAgainAt(now.instant().plus(BUDGETS));
            }
            Optional<String> obstacle = obstacle(policy, spent);
            if (obstacle.isEmpty()) {
                return Decision.act(attempt(policy, spent, manifest))
                        .checkAgainAt(now.instant().plus(pause(policy)));
            }
            reasons.add(obstacle.get());
        }
        return spent(reasons);
    }

    private boolean areBudgetsPending() {
        return seen.rollout().filter(budgets::arePending).isPresent();
    }

    private List<RemedyPolicy> cures() {
        return desired.schedule().remedies().stream()
                .filter(policy -> policy.type().curesStatus())
                .toList();
    }

    private boolean isCurable() {
        return diagnosis.state() == State.STALE_STATUS
                && diagnosis.causes().contains(Cause.STALE_REPLICA_SET_CACHE)
                && !serving().isEmpty()
                && seen.rollout().isPresent();
    }

    /** An attempt gets its time before any other attempt. */
    private Optional<Instant> earliest(Remedies spent) {
        return desired.schedule().remedies().stream()
                .flatMap(policy -> spent.last(policy.type()).map(last -> last.plus(pause(policy))).stream())
                .max(Instant::compareTo);
    }

    private Duration pause(RemedyPolicy policy) {
        return policy.type() == RemedyPolicy.Type.RESTART_ROLLOUT
                ? max(
                        policy.every(),
                        seen.rollout()
                                .map(this::restart)
                                .map(RestartCondition::length)
                                .orElse(Duration.ZERO))
                : policy.every();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Why a remedy is not tried now; absent: it is. */
    private Optional<String> obstacle(RemedyPolicy policy, Remedies spent) {
        int attempts = spent.attempts(policy);
        if (attempts >= policy.attempts()) {
            return Optional.of(RemedyText.didNotHelp(policy.type(), attempts));
        }
        return policy.type() == RemedyPolicy.Type.RESTART_ROLLOUT
                ? seen.rollout().flatMap(rollout -> restart(rollout).obstacle()).map(RemedyText::noRestart)
                : Optional.empty();
    }

    private RestartCondition restart(RolloutView rollout) {
        return new RestartCondition(desired, rollout, budgets.of(rollout), now);
    }

    private Decision spent(List<String> reasons) {
        return Decision.skip(new Skipped(desired.target(), Skipped.REMEDIES_SPENT, RemedyText.spent(reasons)));
    }

    private LocalDate night() {
        return Night.of(now.instant(), desired.schedule().timeZone());
    }

    private Action attempt(RemedyPolicy policy, Remedies spent, Optional<Manifest> manifest) {
        Remedies after = spent.another(policy.type(), now.instant(), night());
        Map<String, Object> body =
                ApplyBodies.record(desired, live, manifest, ours().afterRemedy(desired, instance, after));
        Attempt attempt = new Attempt(after.attempts(policy), policy.attempts());
        Version on = live.meta().version();
        return policy.type() == RemedyPolicy.Type.NUDGE_REPLICA_SETS
                ? new Action.NudgeReplicaSets(
                        desired.target(),
                        on,
                        body,
                        serving(),
                        attempt.number(),
                        attempt.allowed(),
                        now.instant(),
                        REASON)
                : patch(policy.type(), new Action.Memory(on, body), attempt);
    }

    private Action patch(RemedyPolicy.Type type, Action.Memory memory, Attempt attempt) {
        RolloutView rollout = seen.rollout().orElseThrow();
        return new Action.PatchRollout(
                desired.target(),
                type == RemedyPolicy.Type.RESTART_ROLLOUT ? Action.Change.RESTART : Action.Change.NUDGE,
                rollout.meta().name(),
                rollout.meta().version(),
                Optional.of(memory),
                Optional.of(now.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
                attempt,
                REASON);
    }

    private OwnRecord ours() {
        return new OwnRecord(live.meta());
    }

    private List<ReplicaSetVersion> serving() {
        return seen.replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(ReplicaSetView::meta)
                .map(meta -> new ReplicaSetVersion(meta.name(), meta.version()))
                .toList();
    }
}
