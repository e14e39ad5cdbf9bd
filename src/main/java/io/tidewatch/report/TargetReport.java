package io.tidewatch.report;

import io.tidewatch.model.Action;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Diagnosis.Progress;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Ledger.Page;
import io.tidewatch.model.Ledger.Update;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.Severity;
import io.tidewatch.model.State;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one target's pass has to say: its steps hop by hop, its states, its remedies, its incident. */
record TargetReport(
        Wanted wanted,
        TargetObservation seen,
        Optional<Diagnosis> before,
        Diagnosis diagnosis,
        List<Hold> holds,
        List<Outcome> outcomes,
        Optional<Incident> open,
        Page page,
        Instant began,
        Instant now) {

    /** A new revision begins with a change of the template, and of nothing else. */
    private static final String TEMPLATE = "spec.template";

    Result report() {
        Told told = new Told(wanted.target());
        steps(told);
        Page turned = states(told, page);
        turned = acts(told, turned);
        turned = update(told, turned);
        return incident(told, turned);
    }

    private Page acts(Told told, Page from) {
        Page turned = from;
        OutcomeLines lines = new OutcomeLines(wanted.commit());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Done done) {
                String line = done.action().perform(lines);
                told.line(began, OutcomeLines.code(done), line);
                told.event(eventOf(done, line));
                turned = remember(done, turned);
            }
        }
        return refusals(told, turned);
    }

    private Optional<io.tidewatch.model.KubernetesEvent> eventOf(Outcome.Done done, String line) {
        Events events = new Events(seen);
        if (done.action() instanceof Action.SetMinReplicas set) {
            boolean raised = set.to() > set.from().orElse(0);
            return events.onScaledObject(Severity.INFO, raised ? "MinimumRaised" : "MinimumLowered", line, done.at());
        }
        if (done.action() instanceof Action.NudgeReplicaSets) {
            return events.onRollout(Severity.WARNING, "ReplicaSetsNudged", line, done.at());
        }
        return Optional.empty();
    }

    private Page remember(Outcome.Done done, Page from) {
        if (done.action() instanceof Action.NudgeReplicaSets) {
            return new Page(
                    Optional.of(done.at()), from.troubleSince(), from.calmSince(), from.update(), from.refusal());
        }
        if (done.action() instanceof Action.ApplyManifest apply
                && apply.key().kind().equals("Rollout")
                && apply.on().isPresent()
                && apply.reason().startsWith(TEMPLATE)) {
            String hash = seen.rollout()
                    .map(rollout -> rollout.status().currentPodHash())
                    .orElse("");
            Update begun = new Update(apply.commit(), done.at(), hash, apply.reason());
            return new Page(from.nudgedAt(), from.troubleSince(), from.calmSince(), Optional.of(begun), from.refusal());
        }
        return from;
    }

    /** Each refusal is said once, until another one or none comes. */
    private Page refusals(Told told, Page from) {
        Optional<String> refusal = outcomes.stream()
                .flatMap(outcome -> Refusals.said(outcome).stream())
                .findFirst();
        if (outcomes.isEmpty()) {
            return from;
        }
        refusal.filter(said -> !from.refusal().equals(Optional.of(said)))
                .ifPresent(said -> told.line(now, "refused", said));
        return new Page(from.nudgedAt(), from.troubleSince(), from.calmSince(), from.update(), refusal);
    }

    private void steps(Told told) {
        Progress was = before.map(Diagnosis::progress).orElse(Progress.NONE);
        Progress is = diagnosis.progress();
        if (seen.hpa().isPresent()
                && is.hpaAt().isPresent()
                && !is.hpaAt().equals(was.hpaAt())
                && is.stepAt().isPresent()) {
            told.line(
                    is.hpaAt().get(),
                    "hpa-followed",
                    "KEDA followed in " + between(is.stepAt(), is.hpaAt().get()));
        }
        if (is.availableAt().isPresent()
                && !is.availableAt().equals(was.availableAt())
                && is.stepAt().isPresent()) {
            int available =
                    diagnosis.live().map(live -> live.availableReplicas()).orElse(0);
            told.line(
                    is.availableAt().get(),
                    "available",
                    available + " of " + wanted.bounds().min() + " available, "
                            + between(is.stepAt(), is.availableAt().get()) + " after the step");
        }
    }

    private static String between(Optional<Instant> from, Instant to) {
        return Durations.words(Duration.between(from.orElse(to), to));
    }

    private Page states(Told told, Page from) {
        State was = before.map(Diagnosis::state).orElse(State.WAITING);
        Optional<Cause> causeWas = before.flatMap(Diagnosis::cause);
        State is = diagnosis.state();
        boolean passing = Trouble.of(wanted, diagnosis, holds, outcomes)
                .filter(trouble -> !trouble.patience().isZero())
                .isPresent();
        if (is.isProblem()
                && !passing
                && (is != was || (causeWas.isEmpty() && diagnosis.cause().isPresent()))) {
            String line =
                    is.word() + diagnosis.hop().map(hop -> " at " + hop.word()).orElse("") + ": " + diagnosis.summary();
            told.line(began, is.word(), line);
            told.event(new Events(seen)
                    .onRollout(Severity.WARNING, is == State.STALE_STATUS ? "StatusWentStale" : is.word(), line, now));
        }
        if (is.isConverged() && from.nudgedAt().isPresent()) {
            told.line(
                    now,
                    "status-cured",
                    "status right again " + between(from.nudgedAt(), now) + " after the nudge"
                            + (open.isEmpty() ? "; nobody paged" : ""));
            told.event(new Events(seen)
                    .onRollout(Severity.INFO, "StatusRecovered", "status right again after a nudge", now));
            return new Page(Optional.empty(), from.troubleSince(), from.calmSince(), from.update(), from.refusal());
        }
        return from;
    }

    private Page update(Told told, Page from) {
        Optional<RolloutView> rollout = seen.rollout();
        if (from.update().isEmpty() || rollout.isEmpty()) {
            return from;
        }
        Update update = from.update().get();
        RolloutView.Status status = rollout.get().status();
        boolean begun = !status.currentPodHash().equals(update.fromHash());
        boolean aborted = begun && status.aborted();
        boolean finished =
                begun && status.stableRS().equals(status.currentPodHash()) && diagnosis.state() == State.CONVERGED;
        if (finished) {
            told.line(
                    now,
                    "update-finished",
                    "update of " + update.commit().shortId() + " finished in "
                            + between(Optional.of(update.since()), now) + ": " + update.what());
        } else if (aborted) {
            told.line(
                    now,
                    "update-aborted",
                    "update of " + update.commit().shortId() + " aborted after "
                            + between(Optional.of(update.since()), now) + ": " + status.message());
        } else {
            return from;
        }
        return new Page(from.nudgedAt(), from.troubleSince(), from.calmSince(), Optional.empty(), from.refusal());
    }

    private Result incident(Told told, Page from) {
        Optional<Trouble> trouble = Trouble.of(wanted, diagnosis, holds, outcomes);
        Page turned = trouble.isPresent()
                ? new Page(
                        from.nudgedAt(),
                        Optional.of(from.troubleSince().orElse(now)),
                        Optional.empty(),
                        from.update(),
                        from.refusal())
                : new Page(
                        from.nudgedAt(),
                        Optional.empty(),
                        open.map(any -> from.calmSince().orElse(now)),
                        from.update(),
                        from.refusal());
        if (open.isEmpty() && trouble.isPresent()) {
            Instant since = turned.troubleSince().orElse(now);
            Optional<Incident> opened = Incidents.opened(wanted, trouble.get(), since, now);
            opened.ifPresent(one -> told.line(now, "incident-opened", "incident: " + one.summary()));
            return new Result(
                    told,
                    turned,
                    opened,
                    Optional.empty(),
                    opened.isPresent()
                            ? Optional.empty()
                            : Optional.of(since.plus(trouble.get().patience())));
        }
        if (open.isPresent() && trouble.isEmpty()) {
            Optional<Incident> ended = Incidents.ended(open.get(), turned, diagnosis.summary(), now);
            ended.ifPresent(one -> told.line(
                    now,
                    "incident-ended",
                    "over after "
                            + between(Optional.of(one.opened()), one.ended().orElse(now)) + ": "
                            + diagnosis.summary()));
            return new Result(
                    told,
                    turned,
                    Optional.empty(),
                    ended,
                    ended.isPresent() ? Optional.empty() : turned.calmSince().map(at -> at.plus(Incidents.CALM)));
        }
        return new Result(told, turned, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param next when there may be something to say although nothing changed
     */
    record Result(Told told, Page page, Optional<Incident> opened, Optional<Incident> ended, Optional<Instant> next) {}
}
