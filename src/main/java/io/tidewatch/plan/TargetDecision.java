package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Ceiling;
import io.tidewatch.model.plan.Action.Version;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import io.tidewatch.model.plan.Plan.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a target's ScaledObject needs: nothing, the wanted floor, or a remedy.
 *
 * @param manifest of a source that applies it
 * @param waited where a lowering waited for health until now
 */
record TargetDecision(
        DesiredBounds wanted,
        TargetObservation seen,
        ScaledObjectView live,
        Optional<Diagnosis> diagnosis,
        Optional<Manifest> manifest,
        String instance,
        Optional<Wait> waited,
        Instant now) {

    Decision decide() {
        Optional<Decision> handsOff = new WriteExclusion(wanted.target(), live, instance, wanted.next(), now).decided();
        if (handsOff.isPresent()) {
            return handsOff.get();
        }
        FloorDecision floor = new FloorDecision(wanted, live);
        FloorVerdict verdict = floor.verdict();
        if (verdict instanceof FloorVerdict.Write write) {
            return write(write, floor);
        }
        if (verdict instanceof FloorVerdict.RaisedByHand raised) {
            return Decision.hold(hold(
                    Hold.RAISED_BY_HAND,
                    "minimum " + raised.live() + " was set by hand, above "
                            + wanted.bounds().min() + ": left"));
        }
        if (verdict instanceof FloorVerdict.Conflict conflict) {
            return Decision.hold(hold(Hold.CONFLICT, said(conflict)));
        }
        return diagnosis
                .map(found -> new RemedyDecision(wanted, seen, live, found, now).decide(manifest, floor))
                .orElse(Decision.NOTHING);
    }

    private String said(FloorVerdict.Conflict conflict) {
        Bounds is = live.bounds();
        Bounds asked = wanted.bounds();
        List<String> fields = new ArrayList<>();
        List<String> words = new ArrayList<>();
        if (is.min() != asked.min()) {
            fields.add(Drift.MINIMUM);
            words.add("the minimum at " + is.min() + ", wanted is " + asked.min());
        }
        if (wanted.setsMax() && is.max() != asked.max()) {
            fields.add(Drift.MAXIMUM);
            words.add("the maximum at " + is.max() + ", wanted is " + asked.max());
        }
        return conflict.manager() + " keeps " + String.join(" and ", words) + "; to end it: "
                + Coexistence.boundsRule(conflict.manager(), fields);
    }

    private Decision write(FloorVerdict.Write write, FloorDecision floor) {
        Optional<Hold> wait = waitsForHealth();
        if (wait.isPresent()) {
            return Decision.hold(wait.get())
                    .lookAgainAt(wanted.since()
                            .orElse(now)
                            .plus(wanted.schedule().checks().timeout()));
        }
        int takeovers = floor.takeovers() + (write.takeover() ? 1 : 0);
        return Decision.act(new Action.SetMinReplicas(
                wanted.target(),
                new Version(live.meta().uid(), live.meta().resourceVersion()),
                live.minReplicaCount(),
                wanted.bounds().min(),
                wanted.setsMax()
                        ? Ceiling.between(live.bounds().max(), wanted.bounds().max())
                        : Optional.empty(),
                ApplyBodies.scaledObject(
                        wanted.target(),
                        manifest,
                        wanted.bounds(),
                        wanted.setsMax(),
                        OwnAnnotations.after(wanted, floor, instance, takeovers, now)),
                write.force() || live.meta().hasForeignAnnotations(),
                reason(write, floor)));
    }

    private String reason(FloorVerdict.Write write, FloorDecision floor) {
        if (write.takeover()) {
            return "taken back";
        }
        return floor.isChangedInThisStretch()
                ? "forced back"
                : new StepReason(wanted, live, lowers() ? waited : Optional.empty(), now).words();
    }

    /** A lowering waits, at most the timeout, while fewer pods serve than it asks for or an update is in flight. */
    private Optional<Hold> waitsForHealth() {
        Checks checks = wanted.schedule().checks();
        boolean timeIsUp = wanted.since()
                .map(at -> !now.isBefore(at.plus(checks.timeout())))
                .orElse(true);
        if (!lowers() || timeIsUp || checks.beforeDown() == Checks.BeforeDown.SKIP) {
            return Optional.empty();
        }
        if (diagnosis
                .filter(found -> found.isInternalError() && found.live().isEmpty())
                .isPresent()) {
            return Optional.of(hold(Hold.BEFORE_DOWN, "whether its pods serve is not known after an internal error"));
        }
        int available = diagnosis
                .flatMap(Diagnosis::live)
                .map(Counters::availableReplicas)
                .orElse(Integer.MAX_VALUE);
        if (available < wanted.bounds().min()) {
            return Optional.of(hold(
                    Hold.BEFORE_DOWN,
                    available + " pods available, the lower minimum is "
                            + wanted.bounds().min()));
        }
        return seen.rollout()
                .filter(TargetDecision::isUpdating)
                .map(rollout ->
                        hold(Hold.BEFORE_DOWN, "an update of " + rollout.meta().name() + " is in flight"));
    }

    private boolean lowers() {
        return wanted.bounds().min() < live.bounds().min();
    }

    private static boolean isUpdating(RolloutView rollout) {
        String stable = rollout.status().stableRS();
        return !stable.isEmpty() && !stable.equals(rollout.status().currentPodHash());
    }

    private Hold hold(String code, String reason) {
        return new Hold(wanted.target(), code, reason);
    }
}
