package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Action.Ceiling;
import io.tidewatch.model.Action.Version;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Checks;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Waits.Wait;
import io.tidewatch.model.Wanted;
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
        Wanted wanted,
        TargetObservation seen,
        ScaledObjectView live,
        Optional<Diagnosis> diagnosis,
        Optional<Manifest> manifest,
        String instance,
        Optional<Wait> waited,
        Instant now) {

    Decided decide() {
        Optional<Decided> handsOff = new HandsOff(wanted.target(), live, instance, wanted.next(), now).decided();
        if (handsOff.isPresent()) {
            return handsOff.get();
        }
        FloorDecision floor = new FloorDecision(wanted, live);
        FloorVerdict verdict = floor.verdict();
        if (verdict instanceof FloorVerdict.Write write) {
            return write(write, floor);
        }
        if (verdict instanceof FloorVerdict.RaisedByHand raised) {
            return Decided.hold(hold(
                    Hold.RAISED_BY_HAND,
                    "minimum " + raised.live() + " was set by hand, above "
                            + wanted.bounds().min() + ": left"));
        }
        if (verdict instanceof FloorVerdict.Conflict conflict) {
            return Decided.hold(hold(Hold.CONFLICT, said(conflict)));
        }
        return diagnosis
                .map(found -> new RemedyDecision(wanted, seen, live, found, now).decide(manifest, floor))
                .orElse(Decided.NOTHING);
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

    private Decided write(FloorVerdict.Write write, FloorDecision floor) {
        Optional<Hold> wait = waitsForHealth();
        if (wait.isPresent()) {
            return Decided.hold(wait.get())
                    .lookAgainAt(wanted.since()
                            .orElse(now)
                            .plus(wanted.schedule().checks().timeout()));
        }
        int takeovers = floor.takeovers() + (write.takeover() ? 1 : 0);
        return Decided.act(new Action.SetMinReplicas(
                wanted.target(),
                new Version(live.meta().uid(), live.meta().resourceVersion()),
                live.minReplicaCount(),
                wanted.bounds().min(),
                wanted.setsMax()
                        ? Ceiling.between(live.bounds().max(), wanted.bounds().max())
                        : Optional.empty(),
                Bodies.scaledObject(
                        wanted.target(),
                        manifest,
                        wanted.bounds(),
                        wanted.setsMax(),
                        Memory.after(wanted, floor, instance, takeovers, now)),
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
