package io.tidewatch.app;

import io.tidewatch.config.SourceConfig;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.TextBudget;
import io.tidewatch.loop.AlarmClock;
import io.tidewatch.loop.AppliedStage;
import io.tidewatch.loop.CommitListener;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.OrphanHistory;
import io.tidewatch.loop.source.GitPast;
import io.tidewatch.loop.source.GitStage;
import io.tidewatch.loop.source.MirroredBaselines;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.loop.source.PullTime;
import io.tidewatch.loop.source.PulledSource;
import io.tidewatch.loop.source.Quarantine;
import io.tidewatch.loop.source.SourceRemote;
import io.tidewatch.loop.source.SourceReports;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourcePolicy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the parts of the sources: their mirrors, the reading of commits, and the pulls. */
final class SourceParts {

    /** How many lookups in the history may wait; a later pass repeats those beyond. */
    private static final int LOOKUPS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(SourceParts.class);

    private final Startup start;
    private final ExecutorService historian = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS),
            task -> DaemonThread.of(task, "tidewatch-history"));
    private final Map<String, GitSource> mirrors;
    private final CommitMarkers markers;
    private final DefinitionsStage definitions;

    /** Opens the mirrors. Commits that were being read when the last process died are read first, each by itself. */
    SourceParts(Startup start, CommitListener listener) {
        this.start = start;
        start.edges().add((AutoCloseable) historian::shutdownNow);
        Path state = start.configuration().stateDirectory();
        TextBudget budget = TextBudget.ofThisProcess();
        this.mirrors = sources().stream()
                .collect(Collectors.toUnmodifiableMap(
                        SourceConfig::name,
                        source -> source.mirror(state.resolve("git").resolve(source.name()), budget)));
        this.markers = CommitMarkers.open(state.resolve("reading"));
        this.definitions = new DefinitionsStage(scopes(), schemas(), source -> GitPast.of(mirror(source)), listener);
        Quarantine quarantine = new Quarantine(markers, definitions::read);
        start.edges().add(StopHook.add("tidewatch-stops-reading", () -> stopReading(quarantine)));
        start.edges().add((AutoCloseable) markers::close);
        quarantine.read(pulled());
    }

    /** Removes the markers at a stop, so that the commit being read does not count as the cause of a crash. */
    private void stopReading(Quarantine quarantine) {
        try {
            markers.close();
        } catch (UncheckedIOException unwritten) {
            log.warn("{}; the commit that was being read may count as the cause of a crash", unwritten.getMessage());
        } finally {
            quarantine.stop();
        }
    }

    DefinitionsStage definitions() {
        return definitions;
    }

    /** Commits are read by the route {@code definitions}, on the thread of their pull. */
    GitStage pulls(AlarmClock alarm, SourceReports reports) {
        GitStage stage = new GitStage(
                pulled(),
                PullThreads.inRealTime(),
                markers,
                new PullTime(start.clock(), System::nanoTime, alarm),
                reports,
                commit -> start.template().sendBody("direct:definitions", commit));
        start.edges().add((AutoCloseable) stage::close);
        return stage;
    }

    OrphanHistory orphans() {
        return new OrphanHistory(new MirroredBaselines(this::past, scopes(), schemas()), historian, start);
    }

    AppliedStage applied() {
        return new AppliedStage(
                commit -> mirror(commit.source()).applied(commit),
                (source, newest) -> mirror(source).appliedFiles(newest));
    }

    /** How often each source is pulled, by its name. */
    Map<String, Duration> intervals() {
        return sources().stream().collect(Collectors.toUnmodifiableMap(SourceConfig::name, SourceConfig::interval));
    }

    Map<String, SourcePolicy> policies() {
        return sources().stream()
                .map(SourceConfig::policy)
                .collect(Collectors.toUnmodifiableMap(SourcePolicy::name, Function.identity()));
    }

    private Schemas schemas() {
        return start.configuration().schemas();
    }

    private List<SourceConfig> sources() {
        return start.configuration().sources();
    }

    private List<PulledSource> pulled() {
        return sources().stream()
                .map(source -> new PulledSource(
                        source.name(), source.interval(), source.deadline(), remote(mirror(source.name()))))
                .toList();
    }

    private static SourceRemote remote(GitSource mirror) {
        return new SourceRemote() {
            @Override
            public Optional<Checkout> pull(PullAttempt attempt, CommitGate gate) {
                return mirror.pull(attempt, gate);
            }

            @Override
            public void confirm(Commit commit) {
                mirror.confirm(commit);
            }
        };
    }

    /** A commit that is set aside is not read, even if an annotation names it. */
    private Optional<Checkout> past(String source, String commit) {
        return markers.isSetAside(source, commit)
                ? Optional.empty()
                : mirror(source).past(commit);
    }

    private GitSource mirror(String source) {
        return Objects.requireNonNull(mirrors.get(source), "every source has its mirror");
    }

    /** In the order of the configuration. */
    private Map<String, Scope> scopes() {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        Optional<Set<String>> receivers =
                Optional.of(start.configuration().alerting().names());
        sources()
                .forEach(source -> scopes.put(
                        source.name(),
                        new Scope(
                                source.namespaces(), receivers, source.policy().kinds())));
        return scopes;
    }
}
