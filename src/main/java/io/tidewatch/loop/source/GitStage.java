package io.tidewatch.loop.source;

import io.tidewatch.git.CommitMarkers;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.model.Commit;
import io.tidewatch.model.report.SourceHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Pulls the sources that are due, side by side, and gives new commits to be read. The trouble of one source does not reach
 * another:
 *
 * <ul>
 *   <li>A pull has a deadline, reading included. At the deadline its connections are closed and the next pull may begin,
 *       whether its thread ends or not. While two threads of a source hang, the source is not pulled.
 *   <li>After a failure a source is pulled again as {@link PullBackoff} says.
 *   <li>A commit that could not be read is read again after growing pauses, up to every 15 minutes; another commit is read
 *       immediately. A commit that was being read at two deaths of this process is set aside until another commit comes.
 * </ul>
 *
 * Meanwhile the commit that was read last stays in force.
 */
public final class GitStage {

    private final Map<String, PulledSource> sources = new LinkedHashMap<>();
    private final Map<String, SourceState> states = new LinkedHashMap<>();
    private final ConcurrentMap<String, SourcePull> running = new ConcurrentHashMap<>();
    private final PullThreads threads;
    private final CommitMarkers markers;
    private final PullTime time;
    private final SourceReports reports;
    private final CommitReader reader;
    private volatile boolean closed;

    /** Knows the full id of the commit of a source whose definitions count; empty where no commit was read yet. */
    @FunctionalInterface
    public interface CommitsInForce {

        Optional<String> of(String source);
    }

    public GitStage(
            List<PulledSource> sources,
            PullThreads threads,
            CommitMarkers markers,
            PullTime time,
            SourceReports reports,
            CommitReader reader) {
        this.threads = threads;
        this.markers = markers;
        this.time = time;
        this.reports = reports;
        this.reader = reader;
        for (PulledSource source : sources) {
            this.sources.put(source.name(), source);
            states.put(source.name(), new SourceState(source.name(), source.interval(), time.now()));
        }
    }

    /** Begins the pulls that are due and returns immediately. The next pulls are armed before these begin. */
    public void pull() {
        List<SourcePull> begun = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            sources.values().forEach(source -> begin(source).ifPresent(begun::add));
        }
        arm();
        begun.forEach(threads::start);
    }

    private Optional<SourcePull> begin(PulledSource source) {
        SourceState state = state(source.name());
        if (!state.begin(time.now())) {
            return Optional.empty();
        }
        SourcePull pull =
                new SourcePull(source, state, new CommitMarks(markers, source.name()), reader, time, new OfPulls());
        running.put(source.name(), pull);
        return Optional.of(pull);
    }

    /** Throws where the pull that read the commit has been given up: another pull of the source may be under way. */
    public void inTime(DefinitionsStage.CompiledSource read) {
        SourcePull pull = running.get(read.definitions().source());
        if (pull == null || !pull.isOfThisThread()) {
            throw new IllegalStateException(
                    "commit " + read.definitions().commit().shortId() + " was read too late");
        }
    }

    /** The commit is in force. */
    public void confirm(DefinitionsStage.CompiledSource read) {
        Commit commit = read.definitions().commit();
        PulledSource source = sources.get(commit.source());
        if (source != null) {
            source.remote().confirm(commit);
            state(source.name()).inForce(commit);
            Optional.ofNullable(running.get(source.name())).ifPresent(SourcePull::confirm);
        }
    }

    /** The commit that this thread was reading could not be read. */
    public void notRead(Throwable why) {
        running.values().stream().filter(SourcePull::isOfThisThread).forEach(pull -> pull.failed(why));
    }

    /** The health of each source, in the order configured; waits for no pull. */
    public List<SourceHealth> health(CommitsInForce inForce) {
        return sources.keySet().stream()
                .map(source -> state(source).health(inForce.of(source)))
                .toList();
    }

    private void arm() {
        Optional<Instant> next = states.values().stream()
                .flatMap(state -> state.next(time.now()).stream())
                .min(Instant::compareTo);
        next.ifPresent(instant -> time.alarm().arm(Set.of(instant)));
    }

    /** Ends the pulls that are under way. That a commit was being read is not counted against the commit. */
    public void close() throws InterruptedException {
        List<SourcePull> under;
        synchronized (this) {
            closed = true;
            under = List.copyOf(running.values());
        }
        under.forEach(SourcePull::endInBackground);
        threads.close();
        markers.close();
    }

    private SourceState state(String source) {
        SourceState state = states.get(source);
        if (state == null) {
            throw new IllegalArgumentException("no source of this name is configured: " + source);
        }
        return state;
    }

    private final class OfPulls implements SourcePull.Stage {

        @Override
        public void leave(SourcePull pull) {
            running.remove(pull.name(), pull);
        }

        @Override
        public void report(String source, String text) {
            if (!closed) {
                reports.write(source, text);
            }
        }

        @Override
        public void reportSuspended(String source) {
            reports.suspended(source);
        }

        @Override
        public void reportEnd(String source, PullResult result) {
            reports.ended(source, result);
        }

        @Override
        public void arm() {
            GitStage.this.arm();
        }
    }
}
