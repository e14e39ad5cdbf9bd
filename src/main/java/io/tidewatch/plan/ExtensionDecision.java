package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Night;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Attempt;
import io.tidewatch.ownership.Extension;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Remedies;
import io.tidewatch.text.RemedyText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides whether a progress deadline is made longer: while pods come, but so slowly that Argo Rollouts would time out before the
 * time of the step is over. A timeout stays, so it must come before the timeout; half of Argo's time passes first.
 *
 * @param declared the Rollout, where a source applies it
 */
record ExtensionDecision(
        DesiredBounds desired,
        RolloutView rollout,
        AutoscalerView live,
        Diagnosis diagnosis,
        Optional<DeclaredRollout> declared,
        String instance,
        Moment now) {

    private static final Set<Hop> OF_PODS = Set.of(Hop.ROLLOUT, Hop.REPLICA_SET, Hop.POD);

    /** Pods that start slowly look like this; every other cause keeps pods from coming. */
    private static final Set<Cause> OF_SLOW_PODS = Set.of(Cause.NOT_READY);

    /** @param manifest of the ScaledObject */
    Decision decide(Optional<Manifest> manifest) {
        Optional<RemedyPolicy> policy = desired.schedule().remedies().stream()
                .filter(remedy -> remedy.type() == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE)
                .findFirst();
        return policy.isPresent() && podsProgress() && rollout.ownerOfDeadline().isEmpty() && isAsInGit()
                ? timeout()
                        .map(timeout -> decide(policy.get(), timeout, manifest))
                        .orElse(Decision.NOTHING)
                : Decision.NOTHING;
    }

    private boolean podsProgress() {
        int available =
                diagnosis.live().map(counters -> counters.availableReplicas()).orElse(Integer.MAX_VALUE);
        return diagnosis.state() == State.WAITING
                && diagnosis.hop().filter(OF_PODS::contains).isPresent()
                && OF_SLOW_PODS.containsAll(diagnosis.causes())
                && available < desired.bounds().min();
    }

    /** A commit, or drift, that changes the field goes first. */
    private boolean isAsInGit() {
        return declared.isEmpty()
                || !declared.get().isBehindGit()
                || ours().extension()
                        .filter(longer ->
                                longer.isOf(declared.get().manifest()) && longer.stands(rollout.writtenDeadline()))
                        .isPresent();
    }

    /** When Argo Rollouts times out; absent unless that is before the time of the step is over. */
    private Optional<Instant> timeout() {
        return rollout.timesOutAt(rollout.progressDeadlineSeconds())
                .filter(now::isBefore)
                .filter(timeout -> diagnosis
                        .progress()
                        .due()
                        .deadline()
                        .filter(timeout::isBefore)
                        .isPresent());
    }

    private Decision decide(RemedyPolicy policy, Instant timeout, Optional<Manifest> manifest) {
        Remedies spent = ours().remedies(desired.period());
        if (spent.attempts(policy) >= policy.attempts() || spent.isNightSpent(night())) {
            return Decision.NOTHING;
        }
        Instant half = timeout.minusSeconds(rollout.progressDeadlineSeconds() / 2);
        Instant from = Stream.concat(
                        Stream.of(half), spent.spacing(desired.schedule().remedies()).stream())
                .max(Instant::compareTo)
                .orElse(half);
        return now.isBefore(from)
                ? Decision.NOTHING.checkAgainAt(from)
                : Decision.act(extend(policy, spent, timeout, manifest))
                        .checkAgainAt(now.instant().plus(policy.every()));
    }

    private Action extend(RemedyPolicy policy, Remedies spent, Instant timeout, Optional<Manifest> manifest) {
        OptionalInt original = ours().extension().map(Extension::original).orElse(rollout.writtenDeadline());
        int extended =
                Math.toIntExact(rollout.progressDeadlineSeconds() + policy.by().toSeconds());
        Remedies after =
                spent.another(policy.type(), now.instant(), night()).extended(new Extension(original, extended));
        Action.Memory memory = new Action.Memory(
                live.meta().version(),
                ApplyBodies.record(desired, live, manifest, ours().afterRemedy(desired, instance, after)));
        return new Action.PatchRollout(
                desired.target(),
                Action.Change.EXTEND,
                rollout.meta().name(),
                rollout.meta().version(),
                Optional.of(memory),
                Optional.of(Integer.toString(extended)),
                declared.flatMap(object -> object.withDeadline(OptionalInt.of(extended))),
                new Attempt(after.attempts(policy), policy.attempts()),
                RemedyText.extended(
                        rollout.progressDeadlineSeconds(),
                        extended,
                        timeout,
                        desired.schedule().timeZone()));
    }

    private OwnRecord ours() {
        return new OwnRecord(live.meta());
    }

    private LocalDate night() {
        return Night.of(now.instant(), desired.schedule().timeZone());
    }
}
