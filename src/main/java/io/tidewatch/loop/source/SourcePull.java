package io.tidewatch.loop.source;

import io.tidewatch.git.PullAttempt;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.model.definition.Checkout;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pull of one source, with the reading of the commit that it brought. */
final class SourcePull implements PullThreads.Job {

    private static final Logger log = LoggerFactory.getLogger(SourcePull.class);

    private final PulledSource source;
    private final SourceState state;
    private final CommitMarks marks;
    private final CommitReader reader;
    private final PullTime time;
    private final Stage stage;
    private final PullAttempt attempt = new PullAttempt();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Checkout reading;
    private volatile @Nullable String skipped;
    private volatile boolean confirmed;

    /** What a pull needs of the stage that began it. */
    interface Stage {

        /** The pull counts no longer: what its thread still reads does not come into force. */
        void leave(SourcePull pull);

        /** Writes a line about the source to the diary. */
        void report(String source, String text);

        /** Opens an incident: the source is not pulled, because too many of its threads hang. */
        void reportSuspended(String source);

        /** Opens or resolves the incident of the source. */
        void reportEnd(String source, PullResult result);

        /** Arms the next pulls. */
        void arm();
    }

    SourcePull(
            PulledSource source,
            SourceState state,
            CommitMarks marks,
            CommitReader reader,
            PullTime time,
            Stage stage) {
        this.source = source;
        this.state = state;
        this.marks = marks;
        this.reader = reader;
        this.time = time;
        this.stage = stage;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Duration deadline() {
        return source.deadline();
    }

    boolean isOfThisThread() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void work() {
        thread = Thread.currentThread();
        state.querying(time.now());
        Checkout fresh = source.remote().pull(attempt, this::mayRead).orElse(null);
        if (fresh != null) {
            reading = fresh;
            reader.read(fresh);
            if (!confirmed && failure == null) {
                failure = new IllegalStateException("nobody read it");
            }
        }
    }

    /** The remote calls this before it fetches a commit, and again before it reads the commit. */
    private boolean mayRead(String commit) {
        if (!state.mayRead(commit, skipped == null, time.now()) || marks.isSetAside(commit)) {
            skipped = commit;
            return false;
        }
        marks.begin(commit);
        return true;
    }

    /** The commit of this pull is in force. */
    void confirm() {
        confirmed = true;
    }

    @Override
    public void failed(Throwable why) {
        failure = why;
    }

    @Override
    public void givenUp(Optional<Thread> hanging) {
        stage.leave(this);
        SourceState.GivenUp givenUp =
                state.giveUp(Optional.ofNullable(reading).map(Checkout::commit), deadline(), time.now());
        // Closing may take as long as a read does, and the deadlines of other sources must not wait for that.
        endInBackground();
        hanging.ifPresent(Thread::interrupt);
        givenUp.report().ifPresent(text -> stage.report(name(), text));
        if (givenUp.suspended()) {
            stage.reportSuspended(name());
        }
        stage.arm();
    }

    /** Closes the connections of this pull on a thread of its own. */
    void endInBackground() {
        DaemonThread.of(attempt::end, "tidewatch-git-closes").start();
    }

    @Override
    public void ended(boolean inTime) {
        marks.end();
        if (inTime) {
            PullResult result = result();
            stage.leave(this);
            Optional<String> report = state.end(result, time.now());
            if (result.isUnreadable()) {
                report.ifPresent(text -> log.error("source {}: {}", name(), text, failure));
            }
            report.ifPresent(text -> stage.report(name(), text));
            stage.reportEnd(name(), result);
            if (result.isHealthy() && confirmed) {
                marks.forgetSetAside();
            }
        } else {
            state.threadEnded(time.now());
        }
        stage.arm();
    }

    private PullResult result() {
        Optional<String> passedOver = Optional.ofNullable(skipped);
        return new PullResult(
                Optional.ofNullable(reading).map(Checkout::commit),
                Optional.ofNullable(failure),
                passedOver,
                passedOver.filter(marks::isSetAside).isPresent(),
                confirmed);
    }
}
