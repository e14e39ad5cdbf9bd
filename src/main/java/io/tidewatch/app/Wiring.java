package io.tidewatch.app;

import io.tidewatch.cluster.ConnectionRisks;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.Alarm;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.DesiredStateStage;
import io.tidewatch.loop.DiagnoseStage;
import io.tidewatch.loop.DryRunStage;
import io.tidewatch.loop.EventStage;
import io.tidewatch.loop.LeadsStage;
import io.tidewatch.loop.ObserveStage;
import io.tidewatch.loop.OrphanHistory;
import io.tidewatch.loop.PlanStage;
import io.tidewatch.loop.PreflightStage;
import io.tidewatch.loop.RampStage;
import io.tidewatch.loop.ReportStage;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.SurveyStage;
import io.tidewatch.loop.WatchLaggingStage;
import io.tidewatch.loop.WatchRaisesStage;
import io.tidewatch.loop.source.CommitDiary;
import io.tidewatch.loop.source.GitStage;
import io.tidewatch.loop.source.SourceReports;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Standing;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.Planner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the application part by part, and binds its stages to the names that the routes call. */
final class Wiring {

    /** How long a start waits for the first answer about the Lease. */
    private static final Duration DECISION = Duration.ofSeconds(3);

    /** How long the Lease is kept for lines that are not written yet; much shorter than a leader leads. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    /** The key of the incident about another process of this instance. */
    private static final String RIVAL = "rival";

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private final Startup start;
    private final Alarms alarms;
    private final LeaderParts leader;
    private final JournalParts journal;
    private final SourceParts sources;
    private final ClusterParts cluster;
    private final GitStage pulls;
    private final HealthParts health;
    private final MetricsParts metrics;
    private final WebParts web;
    private final NightParts nights;

    /**
     * @param beforeReading given each commit before it is read
     * @param output given each line of the diary
     */
    Wiring(Startup given, WatchdogLimits limits, Consumer<Checkout> beforeReading, Consumer<DiaryEntry> output) {
        this.metrics = new MetricsParts(given.configuration());
        this.start = given.counting(metrics::answered);
        this.alarms = new Alarms(start.context(), start.timeline());
        this.leader = new LeaderParts(start);
        this.journal = new JournalParts(start, alarms, leader.leader(), metrics, output);
        this.sources = new SourceParts(start, new CommitDiary(journal.diary(), start.clock(), beforeReading::accept));
        leader.leader().tell(changes());
        this.cluster = new ClusterParts(start, journal.diary(), leader);
        journal.reportIncidents();
        this.pulls = sources.pulls(alarms.clock(Alarm.GIT), new SourceReports(journal.diary(), journal.incidents()));
        this.health = new HealthParts(
                start,
                limits,
                sources.definitions(),
                pulls,
                sources.intervals(),
                journal.incidents(),
                metrics,
                journal::isAllReported);
        this.nights = new NightParts(start, journal, sources.definitions(), this::standing, leader.leader(), alarms);
        this.web = new WebParts(
                start, journal, sources.definitions(), this::standing, cluster.caches()::lastHeard, nights::health);
        metrics.describe(leader.leader(), health, sources, journal, cluster.caches());
    }

    void bind(Registry registry) {
        registry.bind("alarms", alarms);
        registry.bind("git", pulls);
        registry.bind("definitions", sources.definitions());
        registry.bind("applied", sources.applied());
        leader.bind(registry);
        journal.bind(registry);
        cluster.bind(registry);
        health.bind(registry, alarms, cluster.caches());
        metrics.bind(registry, leader.leader());
        web.bind(registry);
        nights.bind(registry);
        bindStages(registry);
    }

    private void bindStages(Registry registry) {
        Configuration configuration = start.configuration();
        String instance = configuration.instance();
        boolean observing = start.mode() == RunMode.OBSERVE;
        Map<String, SourcePolicy> policies = sources.policies();
        cluster.caches().watchControllers(configuration.controllerNamespaces());

        ReportStage report = new ReportStage(
                start.clock(),
                observing,
                leader.leader(),
                journal.journal()::openIncidents,
                journal.diary(),
                journal.journal()::followedBefore,
                journal.journal()::follow);
        DesiredStateStage desiredState = new DesiredStateStage(start.clock(), sources.definitions(), report);
        DryRunStage dryRuns = new DryRunStage(
                new DryRunPlanner(instance, policies),
                !observing,
                leader.leader()::mayWrite,
                desiredState,
                cluster.writer()::ask,
                cluster::awaitDryRun,
                start.clock(),
                journal.diary(),
                start);
        OrphanHistory orphans = sources.orphans();

        registry.bind(
                "survey",
                new SurveyStage(
                        cluster.survey(policies.values().stream().anyMatch(SourcePolicy::apply))::survey,
                        sources.definitions(),
                        cluster.caches()::workloadUses,
                        start.clock(),
                        alarms.clock(Alarm.SURVEY),
                        journal.diary()));
        registry.bind("desired", desiredState);
        registry.bind("observe", new ObserveStage(cluster.caches(), instance, journal.journal()::namespaces));
        registry.bind("ramp", new RampStage());
        registry.bind("diagnose", new DiagnoseStage(cluster.apply(), dryRuns));
        registry.bind("lagging", new WatchLaggingStage(cluster.caches()));
        registry.bind("preflight", new PreflightStage());
        registry.bind("raises", new WatchRaisesStage(cluster.caches()));
        LeadsStage leads = new LeadsStage(journal.journal()::raises, start);
        registry.bind("leads", leads);
        registry.bind(
                "plan",
                new PlanStage(new Planner(instance, policies, orphans), observing, leader.leader()::mayWrite, leads));
        registry.bind("report", report);
        registry.bind("orphans", orphans);
        registry.bind("events", new EventStage(instance, leader.leader()::mayWrite));
        registry.bind("ownership", dryRuns);
        registry.bind("answers", new GroupedBodyAggregationStrategy());
    }

    /** A new leader decides at once: what the one before left undone is due. */
    private Leader.Changes changes() {
        return new Leader.Changes() {

            @Override
            public void reports() {
                journal.lead(leader.leader().mayWrite());
                if (leader.leader().mayWrite()) {
                    journal.incidents().resolve(RIVAL, "this process was started anew and has met no other one yet");
                }
                start.request();
                alarms.ring(Alarm.REPORTS);
            }

            @Override
            public void follows() {
                journal.follow(leader.leader().state());
            }

            @Override
            public void isReplacedBy(String other) {
                journal.isReplacedBy(other);
            }

            @Override
            public void line(String code, String text) {
                journal.diary().lineInBackground(code, text);
            }

            @Override
            public void metRival(String why) {
                if (!leader.leader().mayWrite()) {
                    journal.lead(false);
                }
                journal.incidents().open(RIVAL, why);
            }
        };
    }

    /**
     * Opens the web server, and writes the first lines of the diary: the mode and insecure connections.
     *
     * @return the port of the web server
     */
    int open() {
        leader.leader().awaitDecision(DECISION);
        if (start.mode() == RunMode.OBSERVE) {
            journal.diary().line("observing", "observing: decides, checks and alerts, writes nothing to the cluster");
        }
        risks().forEach(risk -> {
            log.warn("{}", risk);
            journal.diary().line("insecure-connection", risk);
        });
        return web.open();
    }

    private Standing standing() {
        return health.standing().of(leader.leader().state(), risks());
    }

    private List<String> risks() {
        return ConnectionRisks.of(start.client().getConfiguration());
    }

    /** Starts the watchdog and serves metrics, once the routes have started. From now on the Lease is released before anything else is closed. */
    void watch() {
        health.watch();
        Health.serve(start.context(), metrics::scrape);
        start.edges().add(this::giveBackLease);
    }

    /**
     * To be called when the routes have stopped, so that all writes have ended: a journal or an output that hangs must not keep another
     * replica waiting for the Lease. The last lines are this leader's, so they get a moment.
     */
    private void giveBackLease() throws InterruptedException {
        journal.diary().settle(LAST_LINES);
        leader.release();
    }
}
