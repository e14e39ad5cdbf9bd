package io.tidewatch.report;

import io.tidewatch.model.Durations;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.UpdateAttempt;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Follows a commit's change of a workload until it is finished or has failed; one line reports how it ended. */
record UpdateReport(TargetObservation seen, Optional<Diagnosis> diagnosis, Moment now) {

    /** An ordinary pause of a canary step ends by itself before this. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(5);

    /** The precision of times in conditions. */
    private static final Duration TO_THE_SECOND = Duration.ofSeconds(1);

    private static final Duration FOLLOWED_FOR = Duration.ofHours(24);

    /**
     * How an update ended.
     *
     * @param at when
     */
    record Ending(String code, String how, Instant at, String why) {}

    Page follow(ReportLines lines, Page from) {
        if (from.update().isEmpty()
                || seen.missing().contains(seen.workloadKind().toString())) {
            return from;
        }
        Update update = from.update().get();
        Optional<Ending> ending = seen.workload()
                .map(workload -> ending(update, workload))
                .orElseGet(() -> Optional.of(new Ending(
                        "update-ended", "ended after", now.instant(), "the " + seen.workloadKind() + " is gone")));
        if (ending.isPresent()) {
            lines.line(
                    now.instant(),
                    ending.get().code(),
                    line(
                            update,
                            ending.get().how(),
                            ending.get().at(),
                            ending.get().why()));
            return from.following(Optional.empty());
        }
        if (!update.pauseReported() && isPaused() && lasted(update).compareTo(LONG_PAUSE) >= 0) {
            lines.line(
                    now.instant(),
                    "update-paused",
                    lineNow(update, "paused, so far", pause(seen.rollout().orElseThrow())));
            return from.following(Optional.of(update.pausedReported()));
        }
        return from;
    }

    /** Another commit changed the Rollout before this update had ended. */
    static void superseded(ReportLines lines, Update update, Update by) {
        lines.line(
                by.since(),
                "update-superseded",
                line(
                        update,
                        "superseded after",
                        by.since(),
                        "commit " + by.commit().shortId() + " (" + by.commit().author() + ")"));
    }

    /** Also while the target is not observed, as after a restart before Git has been read. */
    static boolean isFollowed(Update update, Moment now) {
        return Duration.between(update.since(), now.instant()).compareTo(FOLLOWED_FOR) < 0;
    }

    private Optional<Ending> ending(Update update, Workload workload) {
        if (workload instanceof RolloutView rollout) {
            return ending(update, rollout);
        }
        return workload.accept(new WorkloadUpdate(update, diagnosis, now))
                .or(() -> isFollowed(update, now)
                        ? Optional.empty()
                        : Optional.of(new Ending(
                                "update-unfinished",
                                "not finished after",
                                now.instant(),
                                diagnosis.map(Diagnosis::summary).orElse("") + "; no longer followed")));
    }

    private Optional<Ending> ending(Update update, RolloutView rollout) {
        RolloutView.Status status = rollout.status();
        Optional<UpdateAttempt> attempt = status.attempt().filter(found -> found.isSince(update.since()));
        Instant end = attempt.flatMap(UpdateAttempt::finishedAt)
                .filter(at -> !now.isBefore(at) && at.isAfter(update.since()))
                .orElseGet(now::instant);
        boolean begun = !status.currentPodHash().equals(update.fromHash());
        if (attempt.filter(UpdateAttempt::isRolledBack).isPresent()) {
            return attempt.filter(found -> !found.isUnderWay())
                    .map(found -> new Ending(
                            "update-ended",
                            "rolled back after",
                            end,
                            "the Rollout has pod template " + status.currentPodHash() + " again"));
        }
        if (begun && status.aborted()) {
            return Optional.of(new Ending("update-aborted", "aborted after", end, status.message()));
        }
        if (begun && status.stableRS().equals(status.currentPodHash()) && isServing(status)) {
            return Optional.of(new Ending("update-finished", "finished in", end, what(update, attempt)));
        }
        if (status.phase().equals("Degraded") && isOfThis(update, begun, rollout)) {
            return Optional.of(new Ending("update-failed", "failed after", now.instant(), status.message()));
        }
        if (!begun && lasted(update).compareTo(Duration.ofSeconds(rollout.progressDeadlineSeconds())) >= 0) {
            return Optional.of(new Ending(
                    "update-failed",
                    "has not begun after",
                    now.instant(),
                    "the Rollouts controller still has pod template " + status.currentPodHash()));
        }
        return isFollowed(update, now)
                ? Optional.empty()
                : Optional.of(new Ending(
                        "update-unfinished",
                        "not finished after",
                        now.instant(),
                        status.phase() + (isPaused() ? ", " + pause(rollout) : "") + "; no longer followed"));
    }

    private static String what(Update update, Optional<UpdateAttempt> attempt) {
        return update.what()
                + (attempt.filter(UpdateAttempt::isPromotedManually).isPresent() ? " (promoted manually in full)" : "");
    }

    /** A Rollout may be Degraded from before, so only conditions since the update count. An invalid Rollout never begins it. */
    private static boolean isOfThis(Update update, boolean begun, RolloutView rollout) {
        return Stream.of("Progressing", "InvalidSpec")
                .flatMap(type -> Stream.ofNullable(rollout.status().conditions().get(type)))
                .filter(condition -> condition.type().equals("InvalidSpec") ? condition.isTrue() : begun)
                .filter(condition -> condition.type().equals("InvalidSpec") || condition.isFalse())
                .flatMap(condition -> Stream.of(condition.lastTransition(), condition.lastUpdate()))
                .flatMap(Optional::stream)
                .anyMatch(at -> !at.plus(TO_THE_SECOND).isBefore(update.since()));
    }

    /** By the diagnosis, which does not trust a stale status; by the Rollout's phase if nothing scales the Rollout. */
    private boolean isServing(RolloutView.Status status) {
        return diagnosis
                .map(found -> found.state() == State.CONVERGED)
                .orElse(status.phase().equals("Healthy"));
    }

    private boolean isPaused() {
        return seen.rollout()
                .filter(rollout ->
                        rollout.paused() || !rollout.status().pauseReasons().isEmpty())
                .isPresent();
    }

    private static String pause(RolloutView rollout) {
        String why = rollout.paused()
                ? "paused manually"
                : String.join(", ", rollout.status().pauseReasons());
        return rollout.status().currentStepIndex().isPresent()
                ? why + " at step " + (rollout.status().currentStepIndex().getAsInt() + 1)
                : why;
    }

    private Duration lasted(Update update) {
        return Duration.between(update.since(), now.instant());
    }

    private String lineNow(Update update, String end, String why) {
        return line(update, end, now.instant(), why);
    }

    private static String line(Update update, String end, Instant at, String why) {
        return "update of " + update.commit().shortId() + " (" + update.commit().author() + ") " + end + " "
                + Durations.between(Optional.of(update.since()), at) + ": " + why;
    }
}
