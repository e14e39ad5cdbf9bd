package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.alert.Announcements;
import io.tidewatch.cluster.ClusterCaches;
import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.cluster.ConnectionRisks;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.cluster.RateLimit;
import io.tidewatch.cluster.Readers;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.git.CommitGate;
import io.tidewatch.git.CommitMarkers;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.git.TextBudget;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.StateLock;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.Alarms.Alarm;
import io.tidewatch.loop.AppliedStage;
import io.tidewatch.loop.DaemonThread;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.DesiredStateStage;
import io.tidewatch.loop.DiagnoseStage;
import io.tidewatch.loop.DryRunStage;
import io.tidewatch.loop.EventStage;
import io.tidewatch.loop.NewProblems;
import io.tidewatch.loop.ObserveStage;
import io.tidewatch.loop.OrphanHistory;
import io.tidewatch.loop.PlanStage;
import io.tidewatch.loop.ReportStage;
import io.tidewatch.loop.RetentionStage;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.loop.StatusStage;
import io.tidewatch.loop.SurveyStage;
import io.tidewatch.loop.Timeline;
import io.tidewatch.loop.WatchLaggingStage;
import io.tidewatch.loop.WrittenSelfIncidents;
import io.tidewatch.loop.apply.ApplyStage;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.loop.outbox.ReceiverBeans;
import io.tidewatch.loop.outbox.ReceiverSockets;
import io.tidewatch.loop.source.GitPast;
import io.tidewatch.loop.source.GitStage;
import io.tidewatch.loop.source.MirroredBaselines;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.loop.source.Quarantine;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.Planner;
import io.tidewatch.web.StatusServer;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds the stages to the names that the routes call them by. */
final class Wiring {

    private static final int STEPS_TOLD = 1_000;
    /** Questions about the past that may wait; what finds no place is asked again by a later pass. */
    private static final int LOOK_UPS = 1_000;

    private static final Duration TELLING = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private final Configuration configuration;
    private final KubernetesClient client;
    private final Timeline timeline;
    private final CamelContext context;
    private final RunMode mode;
    private final Consumer<DiaryEntry> said;
    private final ProducerTemplate turns;
    private final ClusterCaches caches;
    private final Edges edges;
    private final JournalNews journalNews = new JournalNews();
    private final SafeJournal journal;
    private final ExecutorService tellers;
    private final ExecutorService historian;
    private final Map<String, GitSource> sources;
    private final WatchdogLimits vigil;
    private final CommitMarkers markers;

    /** By source: problems of the commit that was read last. */
    private final Map<String, List<Problem>> problemsSaid = new ConcurrentHashMap<>();

    private final DefinitionsStage definitions;
    private final StatusStage statuses = new StatusStage();
    private Optional<Watchdog> watchdog = Optional.empty();
    private Supplier<Standing> standing = () -> {
        throw new IllegalStateException("nothing is bound yet");
    };

    Wiring(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            CamelContext context,
            RunMode mode,
            WatchdogLimits vigil,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> said,
            Edges edges) {
        this.edges = edges;
        this.vigil = vigil;
        this.configuration = configuration;
        this.client = client;
        this.timeline = timeline;
        this.context = context;
        this.mode = mode;
        this.said = said;
        edges.add(StateLock.take(configuration.stateDirectory()));
        this.journal = edges.add(SafeJournal.open(
                configuration.stateDirectory(),
                timeline.clock(),
                Announcements.remedies(),
                configuration.maxSize(),
                journalNews));
        this.historian = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LOOK_UPS),
                task -> DaemonThread.of(task, "tidewatch-history"));
        this.tellers = Executors.newSingleThreadExecutor(task -> new Thread(task, "tidewatch-tells"));
        edges.add((AutoCloseable) this::tellTheRest);
        edges.add((AutoCloseable) historian::shutdownNow);
        TextBudget budget = TextBudget.ofThisProcess();
        this.sources = configuration.sources().stream()
                .collect(Collectors.toUnmodifiableMap(
                        SourceConfig::name,
                        source -> source.mirror(
                                configuration.stateDirectory().resolve("git").resolve(source.name()), budget)));
        this.markers = CommitMarkers.open(configuration.stateDirectory().resolve("reading"));
        this.definitions =
                new DefinitionsStage(scopes(), source -> GitPast.of(mirror(source)), beforeReading, this::read);
        Quarantine quarantine = new Quarantine(markers, definitions::read);
        edges.add(StopHook.add("tidewatch-stops-reading", () -> stopReading(markers, quarantine)));
        edges.add((AutoCloseable) markers::close);
        quarantine.read(polled());
        ProducerTemplate template = context.createProducerTemplate();
        this.turns = template;
        this.caches = edges.add(
                new ClusterCaches(client, readers(), timeline.clock(), () -> wake(template), this::clusterTrouble));
    }

    /** Whoever is told to stop while a commit is read did not die of it, whether the start has ended or not. */
    private static void stopReading(CommitMarkers markers, Quarantine quarantine) {
        try {
            markers.close();
        } catch (UncheckedIOException unwritten) {
            log.warn("{}; what was being read may count as a death", unwritten.getMessage());
        } finally {
            quarantine.stop();
        }
    }

    /** Opens what answers questions, and says it where nothing will be done. */
    void open() {
        if (mode == RunMode.OBSERVE) {
            say("observing", "observing: decides, checks and alerts, writes nothing to the cluster");
        }
        ConnectionRisks.of(client.getConfiguration()).forEach(risk -> {
            log.warn("{}", risk);
            say("insecure-connection", risk);
        });
        edges.add(StatusServer.open(
                resolved(configuration.http().address()),
                configuration.http().token(),
                timeline.clock(),
                standing,
                () -> journal.latestSteps(STEPS_TOLD)));
    }

    /** Begins to look whether all goes on; only now, for until the routes have started nothing does. */
    void watch() {
        watchdog.ifPresent(dog -> dog.start(timeline::tick));
    }

    /** A configured address is a name until somebody listens there. */
    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    void bind(Registry registry) {
        Clock clock = timeline.clock();
        Alarms alarms = new Alarms(context, timeline);
        ReceiverSockets sockets = new ReceiverSockets();
        OutboxStage outbox = new OutboxStage(
                journal,
                configuration::alerting,
                clock,
                instants -> alarms.arm(Alarm.OUTBOX, instants),
                CompletableFuture.delayedExecutor(OutboxStage.DEADLINE.toSeconds(), TimeUnit.SECONDS)::execute,
                sockets::cut);
        WrittenSelfIncidents self = new WrittenSelfIncidents(
                journal::openIncidentsOfTidewatch,
                report -> {
                    writeDown(outbox, Pass.NONE, report);
                    alarms.ring(Alarm.OUTBOX);
                },
                clock);
        edges.add(self);
        journal.whenRead(self::journalWasRead);
        journalNews.reportTo(self);
        outbox.tell(self);
        ReportStage report = new ReportStage(
                clock,
                mode == RunMode.OBSERVE,
                journal::openIncidents,
                (pass, told) -> writeDown(outbox, pass, told),
                journal::followedBefore,
                journal::follow);
        caches.watchControllers(configuration.controllerNamespaces());

        registry.bind("kubernetesClient", client);
        registry.bind("alarms", alarms);
        RouteErrors troubles = new RouteErrors(clock, this::isStopping);
        registry.bind("troubles", troubles);
        GitStage pulls = gitStage(alarms, self);
        Supplier<List<SourceHealth>> sourceHealth =
                () -> pulls.health(source -> definitions.current().sources().stream()
                        .filter(known -> known.source().equals(source))
                        .map(known -> known.commit().id())
                        .findFirst());
        LoopHealth loop = new LoopHealth(clock, System::nanoTime, Watchdog.telling(self, vigil));
        Pace pace = new Pace(System::nanoTime, this::isStopping);
        registry.bind("pace", pace);
        context.addRoutePolicyFactory(PassWatch.factory(loop, pace));
        standing = () -> statuses.standing(configuration.resync(), loop::state, sourceHealth)
                .warning(ConnectionRisks.of(client.getConfiguration()));
        RestartableWork works = new RestartableWork(context, () -> self.isSettled() && outbox.isQuiet());
        watchdog = Optional.of(edges.add(new Watchdog(
                vigil, configuration.resync(), intervals(), loop, sourceHealth, works, self, System::nanoTime)));
        if (vigil.health().isPresent()) {
            Watchdog dog = watchdog.get();
            Health.register(
                    context, dog::standstill, new Readiness(loop::state, sourceHealth, dog::standstill)::notReady);
        }
        registry.bind("git", pulls);
        registry.bind(
                "survey",
                new SurveyStage(
                        new ClusterSurvey(
                                client,
                                readers().controllers(),
                                configuration.controllerNamespaces(),
                                mode == RunMode.ACT,
                                policies().values().stream().anyMatch(SourcePolicy::apply)),
                        () -> definitions.current().namespaces(),
                        clock,
                        instants -> alarms.arm(Alarm.SURVEY, instants),
                        line -> say("connected", line)));
        registry.bind("definitions", definitions);
        DesiredStateStage agenda = new DesiredStateStage(clock, definitions::compiled, report::lastDiagnoses, () -> {
            alarms.begun();
            troubles.passBegins();
        });
        InFlight inFlight = new InFlight(configuration.maxInFlight());
        ClusterWriter writer = new ClusterWriter(client, clock, () -> turns.sendBody("direct:turn", ""), inFlight);
        ApplyStage apply = new ApplyStage(
                writer::apply,
                clock,
                instant -> Duration.between(Instant.now(), timeline.wallTimeOf(instant)),
                inFlight,
                configuration.maxInFlight(),
                configuration.maxWritesPerSecond(),
                this::isStopping);
        registry.bind("agenda", agenda);
        registry.bind("observe", new ObserveStage(caches, configuration.instance(), journal::namespaces));
        RateLimit writeRate = new RateLimit(configuration::maxWritesPerSecond);
        RateLimit dryRunRate = new RateLimit(apply::dryRunsPerSecond);
        DryRunStage ownership = ownership(agenda, writer, outbox, () -> {
            dryRunRate.await();
            writeRate.await();
        });
        registry.bind("diagnose", new DiagnoseStage(apply::unsent, ownership::faults));
        registry.bind("closer", new WatchLaggingStage(caches));
        OrphanHistory orphans =
                new OrphanHistory(new MirroredBaselines(this::past, scopes()), historian, () -> wake(turns));
        registry.bind("orphans", orphans);
        registry.bind(
                "plan",
                new PlanStage(new Planner(configuration.instance(), policies(), orphans), mode == RunMode.OBSERVE));
        registry.bind("apply", apply);
        registry.bind("inFlight", inFlight);
        registry.bind("writeRate", writeRate);
        registry.bind("dryRunRate", dryRunRate);
        registry.bind("eventRate", new RateLimit(apply::eventsPerSecond));
        registry.bind("ownership", ownership);
        registry.bind("answers", new GroupedBodyAggregationStrategy());
        registry.bind("report", report);
        registry.bind("events", new EventStage(configuration.instance()));
        registry.bind("applied", new AppliedStage(sources));
        registry.bind("status", statuses);
        registry.bind("retention", new RetentionStage(journal, clock, configuration.keep()));
        registry.bind("outbox", outbox);
        ReceiverBeans.of(configuration.alerting().receivers(), sockets).forEach(registry::bind);
    }

    /** Routes that are being stopped break off what is on its way. */
    private boolean isStopping() {
        return context.isStopping() || context.isStopped();
    }

    /** Whoever only observes sends nothing but reads, so it is asked no questions either. */
    private DryRunStage ownership(
            DesiredStateStage agenda, ClusterWriter writer, OutboxStage outbox, DryRunStage.Turn turn) {
        return new DryRunStage(
                new DryRunPlanner(configuration.instance(), policies()),
                mode == RunMode.ACT,
                agenda::at,
                writer::ask,
                turn,
                timeline.clock(),
                (pass, told) -> writeDown(outbox, pass, told),
                () -> wake(turns));
    }

    /** Commits are read by the route {@code definitions}, on the thread of their pull. */
    private GitStage gitStage(Alarms alarms, SelfIncidents incidents) {
        GitStage stage = new GitStage(
                polled(),
                PullThreads.inRealTime(),
                markers,
                new GitStage.Time(timeline.clock(), System::nanoTime, instants -> alarms.arm(Alarm.GIT, instants)),
                new GitStage.Told(this::ofSource, incidents),
                checkout -> turns.sendBody("direct:definitions", checkout));
        edges.add((AutoCloseable) stage::close);
        return stage;
    }

    private List<GitStage.Source> polled() {
        return configuration.sources().stream()
                .map(source -> new GitStage.Source(
                        source.name(), source.interval(), source.deadline(), remote(mirror(source.name()))))
                .toList();
    }

    private Map<String, Duration> intervals() {
        return configuration.sources().stream()
                .collect(Collectors.toUnmodifiableMap(SourceConfig::name, SourceConfig::interval));
    }

    private static GitStage.Remote remote(GitSource mirror) {
        return new GitStage.Remote() {
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

    /** A commit that killed us twice is not read for an annotation that names it either. */
    private Optional<Checkout> past(String source, String commit) {
        return markers.isSetAside(source, commit)
                ? Optional.empty()
                : mirror(source).past(commit);
    }

    private GitSource mirror(String source) {
        return Objects.requireNonNull(sources.get(source), "every source has its mirror");
    }

    /** In the order configured. */
    private Map<String, Scope> scopes() {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        Optional<Set<String>> receivers = Optional.of(configuration.alerting().names());
        configuration.sources().forEach(source -> scopes.put(source.name(), new Scope(source.namespaces(), receivers)));
        return scopes;
    }

    private Map<String, SourcePolicy> policies() {
        return configuration.sources().stream()
                .map(SourceConfig::policy)
                .collect(Collectors.toUnmodifiableMap(SourcePolicy::name, Function.identity()));
    }

    /** Written down first, then said. What cannot be written down is said all the same, and never ends a pass. */
    private void writeDown(OutboxStage outbox, Pass pass, Report report) {
        carryOn("a report", () -> outbox.record(pass, report));
        report.diary().forEach(entry -> carryOn("a line", () -> said.accept(entry)));
    }

    private void note(List<DiaryEntry> entries) {
        carryOn("lines of the diary", () -> journal.note(entries));
        entries.forEach(entry -> carryOn("a line", () -> said.accept(entry)));
    }

    /** Saying something never decides whether work goes on. */
    private static void carryOn(String what, Runnable saying) {
        try {
            saying.run();
        } catch (RuntimeException unsaid) {
            log.warn("{} could not be written: {}", what, unsaid.getMessage());
        }
    }

    private void read(SourceDefinitions read, List<Problem> problems) {
        Instant now = timeline.clock().instant();
        List<DiaryEntry> lines = new ArrayList<>();
        lines.add(new DiaryEntry(
                now,
                Optional.empty(),
                "commit-read",
                "commit " + read.commit().shortId() + " of " + read.source() + " ("
                        + read.commit().author() + "): " + read.commit().subject()));
        NewProblems news = NewProblems.of(
                Objects.requireNonNullElse(problemsSaid.put(read.source(), List.copyOf(problems)), List.of()),
                problems);
        news.fresh()
                .forEach(problem -> lines.add(new DiaryEntry(
                        now,
                        Optional.empty(),
                        problem.code(),
                        problem.file() + ":" + problem.line() + " " + problem.path() + ": " + problem.message())));
        if (news.asBefore() > 0) {
            lines.add(new DiaryEntry(
                    now,
                    Optional.empty(),
                    "problems-as-before",
                    "source " + read.source() + ": " + news.asBefore()
                            + (news.asBefore() == 1 ? " problem" : " problems") + " as before"));
        }
        note(lines);
    }

    /** Informers meet their troubles on the client's event loop, which must not wait for a disk. */
    private void clusterTrouble(String line) {
        tellers.execute(() -> say("cluster-trouble", line));
    }

    private void tellTheRest() throws InterruptedException {
        tellers.shutdown();
        if (!tellers.awaitTermination(TELLING.toSeconds(), TimeUnit.SECONDS)) {
            tellers.shutdownNow();
        }
    }

    private void say(String code, String line) {
        note(List.of(new DiaryEntry(timeline.clock().instant(), Optional.empty(), code, line)));
    }

    private void ofSource(String source, String words) {
        String own = source + ": ";
        say("source", "source " + own + (words.startsWith(own) ? words.substring(own.length()) : words));
    }

    private static void wake(ProducerTemplate template) {
        if (template.getCamelContext().isStarted()) {
            template.sendBody("direct:cluster-change", "");
        }
    }

    private static Readers readers() {
        return new Readers(
                ObjectReader::scaledObject,
                ObjectReader::hpa,
                ObjectReader::rollout,
                ObjectReader::replicaSet,
                ObjectReader::pod,
                (raw, seenAt) -> ObjectReader.event(raw),
                (raw, seenAt) -> ObjectReader.controller(raw),
                (raw, seenAt) -> ObjectReader.lease(raw));
    }
}
