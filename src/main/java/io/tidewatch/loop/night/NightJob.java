package io.tidewatch.loop.night;

import io.tidewatch.git.PullAttempt;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.source.PullThreads;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.jspecify.annotations.Nullable;

/** One attempt to push the report of a night of one source. The route {@code night-report} carries it. */
public final class NightJob implements PullThreads.Job {

    private final ReportedSource source;
    private final ZoneId zone;
    private final LocalDate night;
    private final NightReportStage.NightRoute route;
    private final Ends ends;
    private final PullAttempt attempt = new PullAttempt();
    private volatile @Nullable String subject;
    private volatile @Nullable Throwable failure;
    private volatile boolean isGivenUp;

    /** What the attempt came to. */
    interface Ends {

        /** Its thread has ended. */
        void ended(NightJob job, Optional<Throwable> failure);

        /** Its deadline has passed; {@link #ended} follows if its thread ever ends. */
        void givenUp(NightJob job);
    }

    NightJob(ReportedSource source, ZoneId zone, LocalDate night, NightReportStage.NightRoute route, Ends ends) {
        this.source = source;
        this.zone = zone;
        this.night = night;
        this.route = route;
        this.ends = ends;
    }

    public ReportedSource source() {
        return source;
    }

    ZoneId zone() {
        return zone;
    }

    /** The day on which the night of the report ended. */
    LocalDate night() {
        return night;
    }

    PullAttempt attempt() {
        return attempt;
    }

    void wrote(String line) {
        subject = line;
    }

    /** Whether there was anything to write. */
    boolean hasWritten() {
        return subject != null;
    }

    /** The message of the commit. */
    public String message() {
        return Objects.requireNonNull(subject, "nothing was written");
    }

    @Override
    public String name() {
        return "report-" + source.name();
    }

    @Override
    public Duration deadline() {
        return source.deadline();
    }

    @Override
    public void work() {
        try {
            route.write(this);
        } finally {
            source.branch().leave();
        }
    }

    @Override
    public void failed(Throwable why) {
        failure = why;
    }

    @Override
    public void givenUp(Optional<Thread> thread) {
        isGivenUp = true;
        ends.givenUp(this);
        end();
        thread.ifPresent(Thread::interrupt);
    }

    /** Whether its deadline has passed, so that what it throws from now on is a consequence. */
    boolean isGivenUp() {
        return isGivenUp;
    }

    /** Closes its connections. Closing one may take as long as a read, so nobody waits for it. */
    void end() {
        DaemonThread.of(attempt::end, "tidewatch-git-closes").start();
    }

    @Override
    public void ended(boolean inTime) {
        ends.ended(this, Optional.ofNullable(failure));
    }

    /** In one line, with the fix where it is known. */
    String why(Throwable thrown) {
        Throwable cause =
                thrown instanceof CamelExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof Exception failed && !(cause instanceof IllegalStateException)
                ? String.valueOf(source.branch().failed(failed, attempt).getMessage())
                : String.valueOf(cause.getMessage());
    }
}
