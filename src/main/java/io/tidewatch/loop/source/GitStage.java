package io.tidewatch.loop.source;

import io.tidewatch.git.CommitGate;
import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.GitException;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.Failures;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Backoff;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.report.SourceHealth;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the sources that are due, side by side, and hands new commits on to be read. One source's trouble is its own:
 *
 * <ul>
 *   <li>A pull has a deadline, reading included. At the deadline its connections are closed and the next pull may begin,
 *       whether its thread ends or not. While two threads of a source hang, the source is not asked at all.
 *   <li>A source that does not answer is asked again after 5 s, later and later, up to its interval. One that refuses the
 *       login is asked ever less often than its interval, up to every 15 minutes, for a host may lock out who insists.
 *   <li>A commit that cannot be read is handed out again ever less often, up to every 15 minutes; another commit is read at
 *       once. One that was being read at two deaths of this process is set aside until another comes.
 * </ul>
 *
 * In all of this what was read last stays in force.
 */
public final class GitStage {

    private static final Logger log = LoggerFactory.getLogger(GitStage.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** Threads of one source that may hang; beyond that it is not asked. */
    private static final int HANGING = 2;

    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final PullThreads threads;
    private final CommitMarkers markers;
    private final Time time;
    private final Reports reports;
    private final CommitReader onward;
    private boolean closed;

    /**
     * The time that pulls are due in.
     *
     * @param nanos goes on evenly, as {@link System#nanoTime}, whatever becomes of the clock: a pull is due when one of the
     *     two says so
     * @param alarm armed for the next call of {@link GitStage#pull}
     */
    public record Time(Clock clock, LongSupplier nanos, AlarmClock alarm) {}

    /** Where the trouble of a source is reported. */
    public record Reports(SourceDiary diary, SelfIncidents incidents) {}

    /** Writes one line about a source to the diary. */
    @FunctionalInterface
    public interface SourceDiary {

        void write(String source, String text);
    }

    /** Reads a commit on the thread that calls. */
    @FunctionalInterface
    public interface CommitReader {

        void read(Checkout commit);
    }

    /**
     * A source and how often it is asked.
     *
     * @param deadline of one pull, with the reading of what it brought
     */
    public record Source(String name, Duration interval, Duration deadline, Remote remote) {}

    /** What a pull asks. */
    public interface Remote {

        /**
         * @return empty when there is nothing new to read
         * @throws RuntimeException whose message says in one line why it could not be asked
         */
        Optional<Checkout> pull(PullAttempt attempt, CommitGate gate);

        /** It was read, and is not to be handed out again. */
        default void confirm(Commit commit) {}
    }

    public GitStage(
            List<Source> sources,
            PullThreads threads,
            CommitMarkers markers,
            Time time,
            Reports reports,
            CommitReader onward) {
        this.threads = threads;
        this.markers = markers;
        this.time = time;
        this.reports = reports;
        this.onward = onward;
        sources.forEach(source -> asked.put(source.name(), new Asked(source)));
    }

    /** Begins the pulls that are due and returns at once. Whatever becomes of them, the next are armed first. */
    public void pull() {
        List<Pull> begun = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            for (Asked one : asked.values()) {
                if (one.isDue()) {
                    one.again(one.source.interval());
                    one.current = new Pull(one);
                    begun.add(one.current);
                }
            }
        }
        arm();
        begun.forEach(threads::start);
    }

    /** What was read comes too late when its pull has been given up: another one may be under way. */
    public synchronized void inTime(DefinitionsStage.CompiledSource read) {
        Asked one = asked.get(read.definitions().source());
        if (one == null || one.current == null || !one.current.isOfThisThread()) {
            throw new IllegalStateException(
                    "commit " + read.definitions().commit().shortId() + " was read too late");
        }
    }

    /** A commit is in force. */
    public void confirm(DefinitionsStage.CompiledSource read) {
        Commit commit = read.definitions().commit();
        Asked one = asked.get(commit.source());
        if (one != null) {
            one.source.remote().confirm(commit);
            synchronized (this) {
                one.inForce = Optional.of(commit.id());
                if (one.current != null) {
                    one.current.confirmed = true;
                }
            }
        }
    }

    /** A commit could not be read, whatever came in between. */
    public synchronized void notRead(Throwable why) {
        for (Asked one : asked.values()) {
            if (one.current != null && one.current.isOfThisThread()) {
                one.current.failure = why;
            }
        }
    }

    /**
     * How each source stands, in the order configured; never waits for a pull.
     *
     * @param inForce by source's name: the commit whose definitions count
     */
    public synchronized List<SourceHealth> health(Function<String, Optional<String>> inForce) {
        return asked.values().stream()
                .map(one -> new SourceHealth(
                        one.source.name(),
                        Optional.ofNullable(one.lastAsked),
                        one.due,
                        one.seen,
                        inForce.apply(one.source.name()),
                        Optional.ofNullable(one.trouble).map(Trouble::why)))
                .toList();
    }

    private void arm() {
        Optional<Instant> next;
        synchronized (this) {
            Instant now = time.clock().instant();
            asked.values().forEach(Asked::dueNoLaterThanByNanos);
            next = asked.values().stream()
                    .filter(one -> one.hanging < HANGING && (one.current == null || one.due.isAfter(now)))
                    .map(one -> one.due)
                    .min(Instant::compareTo);
        }
        next.ifPresent(instant -> time.alarm().arm(Set.of(instant)));
    }

    /** Where nothing can be written down, the pulls go on all the same. */
    private void say(Asked one, Optional<String> words) {
        if (words.isEmpty() || closed) {
            return;
        }
        try {
            reports.diary().write(one.source.name(), words.get());
        } catch (RuntimeException unsaid) {
            log.warn("source {}: {} (not in the diary: {})", one.source.name(), words.get(), unsaid.getMessage());
        }
    }

    /** Ends what is under way. What a pull was reading is not held against its commit. */
    public void close() throws InterruptedException {
        List<Pull> under;
        synchronized (this) {
            closed = true;
            under = asked.values().stream()
                    .map(one -> one.current)
                    .filter(one -> one != null)
                    .toList();
        }
        under.forEach(pull ->
                DaemonThread.of(pull.attempt::end, "tidewatch-git-closes").start());
        threads.close();
        markers.close();
    }

    /** @param why what was said last */
    private record Trouble(Instant since, String why, int attempts) {}

    /**
     * A commit that could not be read.
     *
     * @param until it is not handed out before, by the clock
     * @param untilNanos nor by the monotonic clock; when one of the two has come it is
     */
    private record Unreadable(String commit, int attempts, Instant until, long untilNanos) {}

    /** What is known of one source; guarded by the stage. */
    private final class Asked {

        private final Source source;
        private final String key;
        private Instant due = time.clock().instant();
        private long dueNanos = time.nanos().getAsLong();
        private int hanging;
        private Optional<String> seen = Optional.empty();
        private Optional<String> inForce = Optional.empty();
        private @Nullable Pull current;
        private @Nullable Instant lastAsked;
        private @Nullable Trouble trouble;
        private @Nullable Unreadable unreadable;

        Asked(Source source) {
            this.source = source;
            this.key = "source/" + source.name();
        }

        boolean isDue() {
            return current == null
                    && hanging < HANGING
                    && (!time.clock().instant().isBefore(due) || time.nanos().getAsLong() - dueNanos >= 0);
        }

        /** A clock that was set back puts nothing off. */
        void dueNoLaterThanByNanos() {
            Duration left = Duration.ofNanos(Math.max(0, dueNanos - time.nanos().getAsLong()));
            Instant byNanos = time.clock().instant().plus(left);
            due = byNanos.isBefore(due) ? byNanos : due;
        }

        void again(Duration pause) {
            due = time.clock().instant().plus(pause);
            dueNanos = time.nanos().getAsLong() + pause.toNanos();
        }

        /** @return what is to be said; empty where that was said last */
        Optional<String> meet(String why, Duration pause) {
            Trouble before = trouble;
            trouble = new Trouble(
                    before == null ? time.clock().instant() : before.since(),
                    why,
                    before == null ? 1 : before.attempts() + 1);
            again(pause);
            return before == null || !why.equals(before.why()) ? Optional.of(why) : Optional.empty();
        }

        int attempts() {
            return trouble == null ? 0 : trouble.attempts();
        }
    }

    /** One pull of one source, with the reading of what it brought. */
    private final class Pull implements PullThreads.Job {

        private final Asked one;
        private final PullAttempt attempt = new PullAttempt();
        private final Set<String> marked = new LinkedHashSet<>();
        private volatile @Nullable Thread thread;
        private volatile @Nullable Throwable failure;
        private volatile @Nullable Checkout reading;
        private volatile @Nullable String passedOver;
        private volatile boolean confirmed;

        Pull(Asked one) {
            this.one = one;
        }

        @Override
        public String name() {
            return one.source.name();
        }

        @Override
        public Duration deadline() {
            return one.source.deadline();
        }

        boolean isOfThisThread() {
            return Thread.currentThread().equals(thread);
        }

        @Override
        public void work() {
            thread = Thread.currentThread();
            synchronized (GitStage.this) {
                one.lastAsked = time.clock().instant();
            }
            Checkout moved = one.source.remote().pull(attempt, this::mayRead).orElse(null);
            if (moved != null) {
                reading = moved;
                onward.read(moved);
                if (!confirmed && failure == null) {
                    failure = new IllegalStateException("nobody read it");
                }
            }
        }

        @Override
        public void failed(Throwable why) {
            failure = why;
        }

        /** Told by the remote before it fetches and reads a commit. */
        private boolean mayRead(String commit) {
            String name = one.source.name();
            synchronized (GitStage.this) {
                if (passedOver == null) {
                    one.seen = Optional.of(commit);
                }
                Unreadable known = one.unreadable;
                if (known != null
                        && known.commit().equals(commit)
                        && time.clock().instant().isBefore(known.until())
                        && time.nanos().getAsLong() - known.untilNanos() < 0) {
                    passedOver = commit;
                    return false;
                }
            }
            if (markers.isSetAside(name, commit)) {
                passedOver = commit;
                return false;
            }
            if (marked.add(commit)) {
                try {
                    markers.begin(name, commit);
                } catch (UncheckedIOException unwritten) {
                    log.warn(
                            "source {}: {}; commit {} is read without",
                            name,
                            unwritten.getMessage(),
                            shortened(commit));
                }
            }
            return true;
        }

        @Override
        public void givenUp(Optional<Thread> hanging) {
            Optional<String> words;
            boolean rests;
            synchronized (GitStage.this) {
                one.current = null;
                one.hanging++;
                rests = one.hanging >= HANGING;
                Checkout read = reading;
                String what = read == null
                        ? "the pull did not end within " + Durations.words(deadline()) + " and was given up"
                        : "commit " + read.commit().shortId() + " ("
                                + read.commit().author() + ") was not read within " + Durations.words(deadline())
                                + " and was given up";
                words = one.meet(
                        what + (rests ? "; two of its threads hang, so it is not asked until one of them ends" : ""),
                        quickly().pause(one.attempts() + 1));
                if (read != null) {
                    cannotBeRead(read.commit());
                }
            }
            // Closing may take as long as a read does, and the deadlines of others must not wait for that.
            DaemonThread.of(attempt::end, "tidewatch-git-closes").start();
            hanging.ifPresent(Thread::interrupt);
            say(one, words.map(text -> rests ? text : text + "; trying again"));
            if (rests) {
                reports.incidents().open(one.key, "source " + name() + " is not asked: two pulls hang");
            }
            arm();
        }

        @Override
        public void ended(boolean inTime) {
            marked.forEach(this::unmark);
            Optional<String> words = Optional.empty();
            String passed = passedOver;
            boolean setAside = passed != null && markers.isSetAside(name(), passed);
            synchronized (GitStage.this) {
                if (inTime) {
                    words = outcome(setAside);
                    one.current = null;
                } else {
                    if (one.hanging == HANGING) {
                        one.again(Duration.ZERO);
                    }
                    one.hanging--;
                }
            }
            say(one, words);
            if (inTime) {
                tellOthers(setAside);
            }
            arm();
        }

        private void unmark(String commit) {
            try {
                markers.end(name(), commit);
            } catch (UncheckedIOException unwritten) {
                log.warn("source {}: {}", name(), unwritten.getMessage());
            }
        }

        private Optional<String> outcome(boolean setAside) {
            Throwable failed = failure;
            Checkout read = reading;
            if (failed != null && read != null) {
                return unread(read.commit(), failed);
            }
            if (failed != null) {
                return one.meet(words(failed), pauseAfter(failed)).map(why -> why + "; trying again");
            }
            String passed = passedOver;
            if (passed != null) {
                one.again(one.source.interval());
                return setAside
                        ? one.meet(
                                "commit " + shortened(passed)
                                        + " was being read when Tidewatch died, twice; it is set aside until another commit"
                                        + " comes, and " + what(read),
                                one.source.interval())
                        : Optional.empty();
            }
            one.again(one.source.interval());
            Trouble over = one.trouble;
            one.trouble = null;
            if (read != null) {
                one.unreadable = null;
            }
            return Optional.ofNullable(over)
                    .map(trouble -> "answers again after "
                            + Durations.words(Duration.between(
                                    trouble.since(), time.clock().instant())));
        }

        private String what(@Nullable Checkout read) {
            return read != null
                    ? "commit " + read.commit().shortId() + ", which was read before, is in force"
                    : one.inForce
                            .map(commit -> "commit " + shortened(commit) + " stays in force")
                            .orElse("nothing of this source is in force");
        }

        private Optional<String> unread(Commit commit, Throwable failed) {
            Duration pause = cannotBeRead(commit);
            Optional<String> words = one.meet(
                            "commit " + commit.shortId() + " (" + commit.author() + ") could not be read: "
                                    + words(failed),
                            one.source.interval())
                    .map(why -> why + "; trying again after " + Durations.words(pause) + ", then with growing pauses");
            words.ifPresent(text -> log.error("source {}: {}", name(), text, failed));
            return words;
        }

        /** @return how long it is left alone */
        private Duration cannotBeRead(Commit commit) {
            Unreadable before = one.unreadable;
            int attempts = before != null && before.commit().equals(commit.id()) ? before.attempts() + 1 : 1;
            Duration pause = slowly().pause(attempts);
            one.unreadable = new Unreadable(
                    commit.id(),
                    attempts,
                    time.clock().instant().plus(pause),
                    time.nanos().getAsLong() + pause.toNanos());
            return pause;
        }

        /** Incidents have an end too. */
        private void tellOthers(boolean setAside) {
            Optional<String> passed = Optional.ofNullable(passedOver);
            if (reading != null && failure != null) {
                reports.incidents()
                        .open(
                                one.key,
                                "source " + name() + ": commit "
                                        + reading.commit().shortId() + " cannot be read");
            } else if (setAside && passed.isPresent()) {
                reports.incidents()
                        .open(one.key, "source " + name() + ": commit " + shortened(passed.get()) + " is set aside");
            } else if (passed.isEmpty() && failure == null) {
                reports.incidents().resolve(one.key, "source " + name() + " is read again");
                if (confirmed) {
                    forgetSetAside();
                }
            }
        }

        private void forgetSetAside() {
            try {
                markers.forgetSetAside(name());
            } catch (UncheckedIOException unwritten) {
                log.warn("source {}: {}", name(), unwritten.getMessage());
            }
        }

        /** For what a retry alone does not change: a commit that cannot be read, a login that was rejected. */
        private Backoff slowly() {
            Duration interval = one.source.interval();
            return Backoff.doubling(interval, longer(LONGEST_PAUSE, interval));
        }

        private Backoff quickly() {
            return Backoff.doubling(FIRST_PAUSE, one.source.interval());
        }

        private Duration pauseAfter(Throwable failed) {
            return failed instanceof GitException.AuthenticationFailed
                    ? slowly().pause(one.attempts() + 1)
                    : quickly().pause(one.attempts() + 1);
        }
    }

    private static String words(Throwable failed) {
        Throwable cause = Failures.unwrapped(failed);
        return (cause instanceof GitException && cause.getMessage() != null) || isPlain(cause)
                ? String.valueOf(cause.getMessage())
                : cause + place(cause);
    }

    /** Our own words, without the class that says them. */
    private static boolean isPlain(Throwable cause) {
        return cause instanceof IllegalStateException && cause.getMessage() != null;
    }

    private static String place(Throwable cause) {
        StackTraceElement[] frames = cause.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(7, commit.length()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
