package io.tidewatch.report;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.Tried;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.Ledger.WriteFailure;
import io.tidewatch.text.FreezeText;
import io.tidewatch.text.WriteFailureText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reports the writes of a pass to one target: those that were done, those that failed and those that were skipped. A failure
 * or a skipped write that lasts is reported once.
 *
 * @param commit of the schedule; absent where none names the target
 */
record ActionReport(
        TargetObservation seen,
        Optional<Commit> commit,
        List<Outcome> outcomes,
        List<Skipped> skipped,
        Moment began,
        Moment now) {

    /**
     * Skipped writes that are reported elsewhere: a conflict is an incident, spent remedies belong to the stale status, and
     * {@code status} shows the targets that wait for their turn or for an answer. That a longer deadline stays was reported when
     * it was written.
     */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            Skipped.CONFLICT,
            Skipped.REMEDIES_SPENT,
            Skipped.WAITS_FOR_TURN,
            Skipped.UNDER_WAY,
            Skipped.DEADLINE_EXTENDED,
            Skipped.TARGET_MISSING);

    Page report(ReportLines lines, Page from) {
        Page turned = from;
        OutcomeLines words = new OutcomeLines(commit);
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Done done && !isReportedElsewhere(done.action())) {
                String line =
                        done.action().perform(words) + released(done, from).orElse("");
                lines.line(at(done, began.instant()), OutcomeLines.code(done), line);
                lines.event(eventOf(done, line, from));
                turned = remember(lines, done, turned);
            }
        }
        return skipped(lines, frozen(failures(lines, turned)));
    }

    /** A process that started after the window knows no more than that the revision was held until its end. */
    private static Optional<String> released(Outcome.Done done, Page from) {
        if (!(done.action() instanceof Action.ApplyManifest apply) || !apply.beginsRevision()) {
            return Optional.empty();
        }
        Optional<Instant> since = from.frozenSince();
        return apply.frozenUntil()
                .filter(end -> since.filter(end::isAfter).isEmpty())
                .map(end -> FreezeText.releasedAfter(Duration.between(end, done.at())))
                .or(() -> since.map(begin -> FreezeText.released(Duration.between(begin, done.at()))));
    }

    /** A revision that is neither held back nor waits for another reason was written, or its commit was reverted. */
    private Page frozen(Page from) {
        Optional<Instant> since = skipped.stream()
                .flatMap(skip -> skip.frozen().stream())
                .map(frozen -> frozen.since().filter(began::isAfter).orElseGet(began::instant))
                .findFirst();
        boolean isPending = skipped.stream().anyMatch(skip -> !skip.code().equals(Skipped.DEADLINE_EXTENDED))
                || outcomes.stream().anyMatch(outcome -> !(outcome instanceof Outcome.Done));
        return from.frozen(since.isPresent() || isPending ? from.frozenSince().or(() -> since) : Optional.empty());
    }

    /** To give up replicas is the second half of their hand-over, which has its own line. */
    private static boolean isReportedElsewhere(Action action) {
        return action instanceof Action.ApplyManifest apply && apply.givesUpOnly();
    }

    private Optional<KubernetesEvent> eventOf(Outcome.Done done, String line, Page from) {
        Events events = new Events(seen);
        if (released(done, from).isPresent()) {
            return events.onWorkload(Severity.INFO, "RevisionReleased", line, done.at());
        }
        if (done.action() instanceof Action.SetMinReplicas set && set.movesMinimum()) {
            boolean raised = set.to() > set.from().orElse(0);
            return events.onAutoscaler(Severity.INFO, raised ? "MinimumRaised" : "MinimumLowered", line, done.at());
        }
        if (done.action() instanceof Action.NudgeReplicaSets) {
            return events.onRollout(Severity.WARNING, "ReplicaSetsNudged", line, done.at());
        }
        if (done.action() instanceof Action.PatchRollout patch && patch.beginsRemedy()) {
            return events.onRollout(Severity.WARNING, event(patch.change()), line, done.at());
        }
        if (done.action() instanceof Action.PatchRollout patch && patch.change() == Action.Change.EXTEND_DONE) {
            return events.onRollout(Severity.INFO, "ProgressDeadlineRestored", line, done.at());
        }
        return Optional.empty();
    }

    private Page remember(ReportLines lines, Outcome.Done done, Page from) {
        if (done.action() instanceof Action.NudgeReplicaSets) {
            return from.trying(Optional.of(new Tried(RemedyPolicy.Type.NUDGE_REPLICA_SETS.noun(), done.at())));
        }
        if (done.action() instanceof Action.PatchRollout patch && patch.change().curesStatus()) {
            return from.trying(Optional.of(new Tried(noun(patch), done.at())));
        }
        if (done.action() instanceof Action.ApplyManifest apply && apply.beginsRevision()) {
            String hash = seen.workload().map(WorkloadUpdate::revision).orElse("");
            Update update =
                    new Update(apply.commit(), apply.key().name(), done.at(), hash, what(apply.differences()), false);
            from.update().ifPresent(before -> UpdateReport.superseded(lines, before, update));
            return from.following(Optional.of(update));
        }
        return from;
    }

    private static String event(Action.Change change) {
        return switch (change) {
            case RESTART -> "RolloutRestarted";
            case NUDGE -> "RolloutNudged";
            case EXTEND -> "ProgressDeadlineExtended";
            case RESTART_DONE, NUDGE_DONE, EXTEND_DONE, FORGOTTEN ->
                throw new IllegalArgumentException(change + " begins nothing");
        };
    }

    private static String noun(Action.PatchRollout patch) {
        return patch.change() == Action.Change.RESTART
                ? RemedyPolicy.Type.RESTART_ROLLOUT.noun()
                : RemedyPolicy.Type.NUDGE_ROLLOUT.noun();
    }

    private static String what(List<Difference> differences) {
        List<Difference> ofTemplate =
                differences.stream().filter(Difference::isOfTemplate).toList();
        int others = ofTemplate.size() - 1;
        return ofTemplate.get(0) + (others > 0 ? " and " + others + " more" : "");
    }

    private Page failures(ReportLines words, Page from) {
        if (outcomes.stream().allMatch(Outcome.Outdated.class::isInstance)) {
            return from;
        }
        Optional<Outcome> failed = outcomes.stream()
                .filter(outcome -> WriteFailureText.of(outcome).isPresent())
                .findFirst();
        Optional<WriteFailure> failure = failed.flatMap(WriteFailureText::of);
        boolean isReported = from.failure()
                .filter(reported -> failure.filter(reported::isSameAs).isPresent())
                .isPresent();
        if (failed.isPresent() && !isReported) {
            words.line(
                    at(failed.get(), now.instant()),
                    "refused",
                    failure.orElseThrow().text());
        }
        return from.failing(failure);
    }

    /** The time of the pass, or of the answer if it came after the end of its own pass. */
    private Instant at(Outcome outcome, Instant ofPass) {
        return outcome.at().isBefore(began.instant()) ? outcome.at() : ofPass;
    }

    private Page skipped(ReportLines lines, Page from) {
        skipped.stream()
                .filter(skip -> !SHOWN_ELSEWHERE.contains(skip.code()))
                .filter(skip -> !from.skipped().contains(skip.subject()))
                .forEach(skip -> {
                    lines.line(now.instant(), skip.code(), skip.text());
                    lines.event(skip.frozen()
                            .flatMap(frozen -> new Events(seen)
                                    .onWorkload(Severity.INFO, "RevisionHeld", skip.text(), now.instant())));
                });
        return from.skipping(skipped.stream().map(Skipped::subject).collect(Collectors.toUnmodifiableSet()));
    }
}
