package io.tidewatch.app;

import io.tidewatch.cli.Version;
import io.tidewatch.config.Configuration;
import io.tidewatch.diagnose.Pictures;
import io.tidewatch.loop.CompiledDefinitions;
import io.tidewatch.loop.DefinitionsInForce;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.PastSteps;
import io.tidewatch.model.report.Scope;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.report.PastDiagnoses;
import io.tidewatch.view.Facts;
import io.tidewatch.view.calendar.CalendarView;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.itself.SelfFacts;
import io.tidewatch.web.ApiStage;
import io.tidewatch.web.FileStage;
import io.tidewatch.web.Knowledge;
import io.tidewatch.web.PageStage;
import io.tidewatch.web.WebServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;

/** Builds the web server and the stages that its routes call. */
final class WebParts implements Knowledge {

    /** The most steps that are returned. */
    private static final int STEPS = 1_000;

    /** The most rows about one incident. */
    private static final int ROWS = 500;

    /** However many look, the journal is read for the first page once in this time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Duration DAYS_FRESH = Duration.ofMinutes(1);

    private final Startup start;
    private final JournalParts journal;
    private final DefinitionsInForce definitions;
    private final Supplier<Standing> standing;
    private final Supplier<Map<String, Instant>> heard;
    private final Renewed<Facts> facts = new Renewed<>(FRESH, System::nanoTime);
    private final Renewed<Preview> calendar = new Renewed<>(DAYS_FRESH, System::nanoTime);
    private final Supplier<Map<String, NightReportHealth>> reports;
    private volatile Pass last = Pass.NONE;

    /**
     * @param standing how everything stands now; must not wait for anything
     * @param heard when the API server was last heard of each watched resource; must not wait for anything
     * @param reports how the reports of nights stand, by source; must not wait for anything
     */
    WebParts(
            Startup start,
            JournalParts journal,
            DefinitionsInForce definitions,
            Supplier<Standing> standing,
            Supplier<Map<String, Instant>> heard,
            Supplier<Map<String, NightReportHealth>> reports) {
        this.reports = reports;
        this.heard = heard;
        this.start = start;
        this.journal = journal;
        this.definitions = definitions;
        this.standing = standing;
    }

    void bind(Registry registry) {
        registry.bind("pages", new PageStage(this));
        registry.bind("api", new ApiStage(this));
        registry.bind("files", new FileStage());
        registry.bind("seen", this);
    }

    /**
     * Begins to listen; the routes answer once they have started.
     *
     * @return the server's port
     */
    int open() {
        Configuration.Http http = start.configuration().http();
        WebServer server = start.edges()
                .add(WebServer.open(resolved(http.address()), new WebAccess(http.access(), http.publicUrl())));
        start.context().getRegistry().bind("platform-http-engine", server);
        return server.port();
    }

    /** A configured address is a name until a server listens there. */
    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    /** Keeps what the pass saw, for the page of one target. */
    public Pass keep(Pass pass) {
        last = pass;
        return pass;
    }

    @Override
    public Instant instant() {
        return start.clock().instant();
    }

    @Override
    public Facts facts() {
        return facts.get(this, this::known);
    }

    private Facts known() {
        Instant at = instant();
        CompiledDefinitions inForce = definitions.compiled();
        Standing stands = standing.get();
        return new Facts(
                at,
                stands,
                inForce.definitions(),
                inForce.timetable(),
                leads(stands),
                events(Scope.ALL, at.minus(Facts.BEFORE), at.plusNanos(1), Facts.MOST_ROWS),
                last.cluster().missing());
    }

    static LearnedLeads leads(Standing standing) {
        Map<Target, LearnedLead> leads = new HashMap<>();
        standing.targets().forEach(row -> row.lead().ifPresent(lead -> leads.put(row.target(), lead)));
        return new LearnedLeads(leads);
    }

    @Override
    public SelfFacts self() {
        Configuration configuration = start.configuration();
        Map<String, String> limits = new TreeMap<>();
        limits.put("tidewatch.resync", configuration.resync().toString());
        limits.put("tidewatch.cluster.maxWritesPerSecond", Integer.toString(configuration.maxWritesPerSecond()));
        limits.put("tidewatch.cluster.maxInFlight", Integer.toString(configuration.maxInFlight()));
        limits.put("tidewatch.instance", configuration.instance());
        return new SelfFacts(
                Version.ofThisBuild(),
                System.getProperty("java.version"),
                heard.get(),
                Optional.of(journal.journal().unfinished().oldest())
                        .filter(waiting -> standing.get().leader().leads()),
                List.copyOf(configuration.alerting().names()),
                limits);
    }

    /** Which days are skipped is worked out anew once a minute at most, however many look. */
    @Override
    public Preview calendar() {
        CompiledDefinitions inForce = definitions.compiled();
        return calendar.get(inForce, () -> days(inForce));
    }

    private Preview days(CompiledDefinitions inForce) {
        Instant at = instant();
        return Preview.of(
                inForce.definitions(),
                inForce.timetable(),
                leads(standing.get()),
                at,
                at.plus(Duration.ofDays(CalendarView.DAYS)));
    }

    @Override
    public PastSteps steps(Scope of) {
        return PastSteps.of(journal.journal().latestSteps(of, STEPS), STEPS);
    }

    @Override
    public Map<String, NightReportHealth> reports() {
        return reports.get();
    }

    @Override
    public Optional<PastDiagnosis> diagnosis(Target target) {
        Pass pass = last;
        return pass.diagnoses()
                .of(target)
                .map(diagnosis -> PastDiagnoses.of(
                        pass,
                        diagnosis,
                        pass.report().statuses().stream()
                                .filter(row -> row.target().equals(target))
                                .map(TargetStatus::since)
                                .findFirst(),
                        Pictures::of,
                        new Guard("page")));
    }

    @Override
    public Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at) {
        return journal.journal().diagnosisAt(target, at);
    }

    @Override
    public Optional<PastEvents> events(Scope of, Instant from, Instant to, int most) {
        return journal.journal().events(of, from, to, most);
    }

    @Override
    public Optional<IncidentStory.OfId> story(String id) {
        return journal.journal().story(id, ROWS);
    }
}
