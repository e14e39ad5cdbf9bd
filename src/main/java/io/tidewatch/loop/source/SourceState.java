package io.tidewatch.loop.source;

import io.tidewatch.git.GitException;
import io.tidewatch.model.Commit;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The results of the pulls of one source so far, and when its next pull is due. It decides and has no effects. Safe from several
 * threads.
 */
final class SourceState {

    /** Threads of one source that hang; at this number the source is not pulled. */
    private static final int MOST_HANGING = 2;

    private final String source;
    private final PullBackoff backoff;
    private DueTime due;
    private boolean pulling;
    private int hanging;
    private Optional<Instant> lastPull = Optional.empty();
    private Optional<Instant> lastAnswer = Optional.empty();
    private Optional<String> seen = Optional.empty();
    private Optional<String> inForce = Optional.empty();
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<Unreadable> unreadable = Optional.empty();

    /**
     * The trouble of a source since its last pull without any.
     *
     * @param text that was reported last
     * @param failures how many pulls have failed in a row
     */
    private record Trouble(Instant since, String text, int failures) {}

    /** A commit that could not be read; it is not read before {@code again}. */
    private record Unreadable(String commit, int attempts, DueTime again) {}

    /**
     * What follows from a pull that missed its deadline.
     *
     * @param report the text to report; empty where it was reported last
     * @param suspended whether the source is not pulled until a thread ends
     */
    record GivenUp(Optional<String> report, boolean suspended) {}

    SourceState(String source, Duration interval, Moment now) {
        this.source = source;
        this.backoff = new PullBackoff(interval);
        this.due = DueTime.after(Duration.ZERO, now);
    }

    /** Begins a pull if one is due. Whatever its result, the next is due an interval later. */
    synchronized boolean begin(Moment now) {
        if (pulling || isSuspended() || !due.isReached(now)) {
            return false;
        }
        due = DueTime.after(backoff.interval(), now);
        pulling = true;
        return true;
    }

    /** When the next pull may begin; empty while that depends on the end of a thread or a pull. */
    synchronized Optional<Instant> next(Moment now) {
        due = due.noLaterThanByNanos(now);
        return !isSuspended() && (!pulling || due.instant().isAfter(now.instant()))
                ? Optional.of(due.instant())
                : Optional.empty();
    }

    /** The remote is queried now. */
    synchronized void querying(Moment now) {
        lastPull = Optional.of(now.instant());
    }

    /**
     * Whether a commit may be read, or its pause after a failure is over.
     *
     * @param isNewest whether the ref of the source points at the commit
     */
    synchronized boolean mayRead(String commit, boolean isNewest, Moment now) {
        if (isNewest) {
            seen = Optional.of(commit);
        }
        return unreadable
                .filter(known -> known.commit().equals(commit))
                .map(known -> known.again().isReached(now))
                .orElse(true);
    }

    synchronized void inForce(Commit commit) {
        inForce = Optional.of(commit.id());
    }

    /**
     * The pull has missed its deadline; {@link #threadEnded} follows, maybe never.
     *
     * @param reading the commit that was being read
     */
    synchronized GivenUp giveUp(Optional<Commit> reading, Duration deadline, Moment now) {
        pulling = false;
        hanging++;
        Optional<String> report =
                meet(PullTexts.givenUp(reading, deadline, isSuspended()), backoff.ofNoAnswer(failures() + 1), now);
        reading.ifPresent(commit -> cannotBeRead(commit, now));
        return new GivenUp(report.map(text -> isSuspended() ? text : PullTexts.tryingAgain(text)), isSuspended());
    }

    /** The thread of a pull that was given up has ended. */
    synchronized void threadEnded(Moment now) {
        if (isSuspended()) {
            due = DueTime.after(Duration.ZERO, now);
        }
        hanging--;
    }

    /**
     * The pull has ended within its deadline.
     *
     * @return the text to report; empty where there is nothing new to report
     */
    synchronized Optional<String> end(PullResult result, Moment now) {
        pulling = false;
        if (result.failure().isEmpty() || result.commit().isPresent()) {
            lastAnswer = lastPull;
        }
        if (result.failure().isPresent()) {
            return failed(result.commit(), result.failure().get(), now);
        }
        due = DueTime.after(backoff.interval(), now);
        if (result.skipped().isPresent()) {
            return result.setAside()
                    ? meet(
                            PullTexts.setAside(result.skipped().get(), result.commit(), inForce),
                            backoff.interval(),
                            now)
                    : Optional.empty();
        }
        if (result.commit().isPresent()) {
            unreadable = Optional.empty();
        }
        Optional<Trouble> resolved = trouble;
        trouble = Optional.empty();
        return resolved.map(ended -> PullTexts.answersAgain(Duration.between(ended.since(), now.instant())));
    }

    private Optional<String> failed(Optional<Commit> commit, Throwable failure, Moment now) {
        return commit.map(unread -> {
                    Duration pause = cannotBeRead(unread, now);
                    return meet(PullTexts.unreadable(unread, failure), backoff.interval(), now)
                            .map(text -> PullTexts.tryingAgain(text, pause));
                })
                .orElseGet(() ->
                        meet(PullTexts.reason(failure), pause(failure), now).map(PullTexts::tryingAgain));
    }

    /** @return the text to report; empty where it was reported last */
    private Optional<String> meet(String text, Duration pause, Moment now) {
        Optional<Trouble> before = trouble;
        trouble = Optional.of(new Trouble(before.map(Trouble::since).orElse(now.instant()), text, failures() + 1));
        due = DueTime.after(pause, now);
        return before.filter(known -> known.text().equals(text)).isPresent() ? Optional.empty() : Optional.of(text);
    }

    /** @return how long the commit is not read again */
    private Duration cannotBeRead(Commit commit, Moment now) {
        int attempts = unreadable
                        .filter(before -> before.commit().equals(commit.id()))
                        .map(Unreadable::attempts)
                        .orElse(0)
                + 1;
        Duration pause = backoff.ofUnreadableCommit(attempts);
        unreadable = Optional.of(new Unreadable(commit.id(), attempts, DueTime.after(pause, now)));
        return pause;
    }

    private Duration pause(Throwable failure) {
        return failure instanceof GitException.AuthenticationFailed
                ? backoff.ofRejectedLogin(failures() + 1)
                : backoff.ofNoAnswer(failures() + 1);
    }

    private int failures() {
        return trouble.map(Trouble::failures).orElse(0);
    }

    private boolean isSuspended() {
        return hanging >= MOST_HANGING;
    }

    /** @param commitInForce the commit whose definitions count */
    synchronized SourceHealth health(Optional<String> commitInForce) {
        return new SourceHealth(
                source, lastPull, lastAnswer, due.instant(), seen, commitInForce, trouble.map(Trouble::text));
    }
}
