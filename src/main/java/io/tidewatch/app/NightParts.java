package io.tidewatch.app;

import io.tidewatch.config.NightReports;
import io.tidewatch.config.SourceConfig;
import io.tidewatch.git.ReportBranch;
import io.tidewatch.loop.Alarm;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.CompiledDefinitions;
import io.tidewatch.loop.DefinitionsInForce;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.night.NightRemotes;
import io.tidewatch.loop.night.NightReportStage;
import io.tidewatch.loop.night.NightWriter;
import io.tidewatch.loop.night.ReportedSource;
import io.tidewatch.loop.source.PullThreads;
import io.tidewatch.model.DailyTime;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Scope;
import io.tidewatch.model.report.Standing;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.night.NightEvents;
import io.tidewatch.view.night.NightPages;
import io.tidewatch.view.night.NightReport;
import io.tidewatch.view.night.NightSource;
import io.tidewatch.view.night.NightSpan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.spi.OnCamelContextStopping;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/** Builds the stage of the nights' reports, and gives it what the journal and the definitions know. */
final class NightParts implements NightWriter {

    private final Startup start;
    private final JournalParts journal;
    private final DefinitionsInForce definitions;
    private final Supplier<Standing> standing;
    private final NightReportStage stage;

    /** @param standing how everything stands now; must not wait for anything */
    NightParts(
            Startup start,
            JournalParts journal,
            DefinitionsInForce definitions,
            Supplier<Standing> standing,
            Leadership leader,
            Alarms alarms) {
        this.start = start;
        this.journal = journal;
        this.definitions = definitions;
        this.standing = standing;
        this.stage = new NightReportStage(
                reported(),
                this,
                job -> start.template().sendBody("direct:night-report", job),
                PullThreads.inRealTime(),
                leader,
                journal.diary(),
                journal.incidents(),
                start.clock(),
                alarms.clock(Alarm.REPORTS));
        start.edges().add((AutoCloseable) stage::close);
        // Camel waits for what is on its way when it stops, and the Lease is given back after that.
        start.context()
                .addLifecycleStrategy(LifecycleStrategySupport.adapt((OnCamelContextStopping) stopping -> stage.end()));
        start.timeline().onShift(() -> alarms.ring(Alarm.REPORTS));
    }

    /** How the reports of each source stand; waits for nothing. */
    Map<String, NightReportHealth> health() {
        return stage.health();
    }

    void bind(Registry registry) {
        registry.bind("nights", stage);
        registry.bind("nightRemotes", new NightRemotes(start.context()));
    }

    /** An observer writes nothing, to a branch neither. */
    private List<ReportedSource> reported() {
        if (start.mode() == RunMode.OBSERVE) {
            return List.of();
        }
        Path folder = start.configuration().stateDirectory().resolve("reports");
        List<ReportedSource> reported = new ArrayList<>();
        for (SourceConfig source : start.configuration().sources()) {
            Optional<ReportBranch> branch = source.reportBranch(folder.resolve(source.name()));
            Optional<NightReports> reports = source.reports();
            if (branch.isPresent() && reports.isPresent()) {
                reported.add(new ReportedSource(
                        source.name(),
                        branch.get(),
                        reports.get().at(),
                        reports.get().timeZone(),
                        source.reportsLogin()
                                .map(login -> new ReportedSource.Login(login.username(), login.password())),
                        source.deadline()));
            } else {
                journal.incidents()
                        .resolve(NightReportStage.key(source.name()), "no reports of its nights are configured");
            }
        }
        return reported;
    }

    private NightSource source(String name) {
        CompiledDefinitions inForce = definitions.compiled();
        return NightSource.of(
                name,
                inForce.definitions(),
                inForce.timetable(),
                WebParts.leads(standing.get()),
                start.configuration().sources().size() == 1);
    }

    @Override
    public Optional<ZoneId> zone(String source) {
        return source(source).zone();
    }

    @Override
    public List<String> paths() {
        return List.of(NightPages.INDEX, NightPages.FOLDER);
    }

    @Override
    public Set<String> read(ReportedSource source, ZoneId zone, Instant now) {
        return NightPages.read(NightSpan.ended(new DailyTime(source.at(), zone), now, NightPages.NIGHTS));
    }

    @Override
    public Optional<Written> pages(ReportedSource source, ZoneId zone, Map<String, String> standing, Instant now) {
        NightPages.ofOthers(standing).ifPresent(path -> {
            throw new IllegalStateException(
                    "it holds a " + path + " that Tidewatch has not written; name a branch that nobody else uses");
        });
        NightSource reported = source(source.name());
        List<NightReport> nights = new ArrayList<>();
        for (NightSpan night : NightSpan.ended(new DailyTime(source.at(), zone), now, NightPages.NIGHTS)) {
            Optional<PastEvents> events = events(night, now);
            if (events.isEmpty()) {
                return Optional.empty();
            }
            nights.add(NightReport.of(
                    new NightReport.Known(
                            source.name(), nights.isEmpty() ? reported.plan(night) : Optional.empty(), events.get()),
                    reported::has,
                    night,
                    new Clocks(zone),
                    now));
        }
        Map<String, String> changed = NightPages.changed(source.name(), nights, standing);
        return Optional.of(new Written(NightPages.subject(changed), changed));
    }

    private Optional<PastEvents> events(NightSpan night, Instant now) {
        Instant end = night.to().plus(NightReport.AFTER);
        return NightEvents.read(
                (from, to) -> journal.journal().events(Scope.ALL, from, to, Facts.MOST_ROWS),
                night.from(),
                end.isBefore(now) ? end : now);
    }
}
