package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.content.Told;
import io.tidewatch.journal.server.CuttingProxy;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.server.ServerAddress;
import io.tidewatch.journal.server.ServerSchema;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real PostgreSQL that is away, at the start and in the middle: what a lag needs goes on from memory, and nothing is written twice. */
@Tag("full")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SharedJournalAwayTest {

    private static final Duration SOON = Duration.ofMillis(20);

    /** Of the answers to one write; in the last one the commit is answered. */
    private static final int PARTS = 16;

    private static final SafeJournal.Waits WAITS =
            new SafeJournal.Waits(SOON, Duration.ofSeconds(5), Duration.ofSeconds(2), SOON, Duration.ofSeconds(30));

    private final LinkedBlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> wells = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> lates = new LinkedBlockingQueue<>();
    private final AtomicReference<String> password = new AtomicReference<>(PostgresServer.PASSWORD);
    private final JournalListener listener = new JournalListener() {
        @Override
        public void trouble(String summary) {
            troubles.add(summary);
        }

        @Override
        public void late(String summary) {
            lates.add(summary);
        }

        @Override
        public void well(String summary) {
            wells.add(summary);
        }
    };

    private PostgresServer server;
    private String instance;

    @BeforeEach
    void start() {
        server = PostgresServer.start();
        instance = server.freshInstance();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SafeJournal open(String url, SafeJournal.Waits waits) {
        return open(url, waits, password::get);
    }

    private SafeJournal open(String url, SafeJournal.Waits waits, Supplier<String> secret) {
        return SafeJournal.open(
                new ServerSchema(
                        new ServerAddress(url, instance, Optional.of(() -> PostgresServer.USER), Optional.of(secret)),
                        QuietJournal.MAX_SIZE),
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of(),
                Duty.LEAD,
                listener,
                waits);
    }

    private SafeJournal open() {
        return open(server.url(), WAITS);
    }

    /** Ends all connections. Who asks for a new one by the field has a wrong password. */
    private void shutOut() throws SQLException {
        password.set("wr0ng");
        try (Connection admin = server.connect();
                Statement statement = admin.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidewatch'");
        }
    }

    private static String next(LinkedBlockingQueue<String> summaries) throws InterruptedException {
        String summary = summaries.poll(60, TimeUnit.SECONDS);
        assertThat(summary).as("reported within 60 s").isNotNull();
        return summary;
    }

    private static List<String> due(SafeJournal journal, Instant now) {
        return journal.due(now, Set.of()).stream()
                .map(due -> due.message().id())
                .toList();
    }

    private static void lagsAndIsReported(SafeJournal journal) {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "lags")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));

        assertThat(journal.openIncidents()).containsOnlyKeys(CART);
        assertThat(due(journal, NIGHT)).containsExactly("i1/OPENED/a");
        journal.acknowledged("i1/OPENED/a", NIGHT);
        assertThat(due(journal, NIGHT)).isEmpty();
    }

    private static void awaitWritten(SafeJournal journal) {
        await(() -> journal.waiting() == 0);
    }

    private static void await(BooleanSupplier done) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!done.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    private void allIsWrittenOnce() {
        WrittenRows rows = WrittenRows.of(server::connect, instance);
        assertThat(rows.incidents()).extracting(Incident::id).containsExactly("i1");
        assertThat(rows.undelivered()).isEmpty();
        assertThat(rows.knowsMessage("i1/OPENED/a")).isTrue();
        assertThat(rows.entries()).extracting(DiaryEntry::text).containsExactly("lags");
    }

    @Test
    void aServerThatDiesInTheMiddle() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            server.kill();

            lagsAndIsReported(journal);

            assertThat(journal.waiting()).isPositive();
            server.resume();
            awaitWritten(journal);
        }
        allIsWrittenOnce();
        assertThat(troubles).as("shorter than 10 s").isEmpty();
    }

    @Test
    void aServerThatIsAwayFromTheStart() throws Exception {
        server.kill();
        try (SafeJournal journal = open()) {
            lagsAndIsReported(journal);

            assertThat(journal.openIncidentsOfTidewatch()).as("not read yet").isEmpty();
            server.resume();
            awaitWritten(journal);
            next(wells);
        }
        allIsWrittenOnce();
    }

    /** The Lease is lost for a moment while the server is away: nobody else led, so nothing is reported anew, and nothing is lost. */
    @Test
    void aLeaderThatLeadsAgainWhileTheServerIsAwayKeepsWhatIsNotWritten() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            server.kill();
            lagsAndIsReported(journal);

            journal.standBy();
            journal.takeOver();

            assertThat(journal.openIncidents()).containsOnlyKeys(CART);
            server.resume();
            awaitWritten(journal);
            assertThat(journal.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(journal, NIGHT)).isEmpty();
        }
        allIsWrittenOnce();
    }

    /** Cut off from the server, it tells a receiver of an incident. Another replica leads meanwhile, and knows nothing of it. */
    @Test
    void whatWasToldFromMemoryAloneIsEndedByWhoToldIt() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            server.kill();
            lagsAndIsReported(journal);

            List<Told> alone = journal.standBy("tidewatch-1 leads");

            assertThat(alone).extracting(told -> told.opened().id()).containsExactly("i1/OPENED/a");
            assertThat(alone.get(0).about()).extracting(Incident::id).containsExactly("i1");
            assertThat(journal.standBy("tidewatch-1 leads")).as("ended once").isEmpty();

            journal.takeOver();
            server.resume();
            awaitWritten(journal);
            assertThat(journal.openIncidents()).as("if it leads again").isEmpty();
            assertThat(due(journal, NIGHT)).isEmpty();
        }
        assertThat(WrittenRows.of(server::connect, instance).incidents())
                .extracting(Incident::summary)
                .containsExactly("tidewatch-1 leads");
    }

    /** The same where the journal learns of the other replica before the election does. */
    @Test
    void whatWasToldBeforeAnotherTookOverIsEndedToo() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            isReplacedUnawares(journal);
            await(() -> journal.waiting() == 1); // that the message was accepted

            assertThat(journal.standBy("tidewatch-1 leads"))
                    .extracting(told -> told.opened().id())
                    .containsExactly("i1/OPENED/a");
        }
    }

    /** There is no election, or it was wrong: whoever goes on knows what it told. */
    @Test
    void whatWasToldGoesOnWhereNobodyElseIsElected() throws Exception {
        try (SafeJournal journal = open(
                server.url(), new SafeJournal.Waits(SOON, Duration.ofSeconds(5), Duration.ofSeconds(2), SOON, SOON))) {
            next(wells);
            isReplacedUnawares(journal);
            awaitWritten(journal);

            assertThat(journal.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(journal, NIGHT)).isEmpty();
        }
        assertThat(WrittenRows.of(server::connect, instance).incidents())
                .extracting(Incident::id)
                .containsExactly("i1");
    }

    /** It tells a receiver of an incident while the server does not let it in, and another process takes over. */
    private void isReplacedUnawares(SafeJournal journal) throws Exception {
        shutOut();
        lagsAndIsReported(journal);
        try (SafeJournal other = open(server.url(), WAITS, PostgresServer.PASSWORD::toString)) {
            assertThat(other.openIncidents()).isEmpty();
        }
        password.set(PostgresServer.PASSWORD);
    }

    @Test
    void whatIsWrittenIsEndedByWhoLeads() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            lagsAndIsReported(journal);
            awaitWritten(journal);

            assertThat(journal.standBy("tidewatch-1 leads")).isEmpty();
        }
        allIsWrittenOnce();
    }

    /** It accepts connections and answers nothing: only the first caller waits, for the timeout. */
    @Test
    void aServerThatHangs() throws Exception {
        try (SafeJournal journal = open(
                server.url(), new SafeJournal.Waits(SOON, Duration.ofSeconds(5), SOON, SOON, Duration.ofSeconds(30)))) {
            next(wells);
            server.freeze();

            lagsAndIsReported(journal);

            assertThat(next(lates)).contains("does not answer", "schema " + instance);
            server.thaw();
            awaitWritten(journal);
        }
        allIsWrittenOnce();
    }

    @Test
    void aServerThatHangsFromTheStartHoldsTheStartUpForABoundedTime() throws Exception {
        server.freeze();
        try (SafeJournal journal = open(
                server.url(),
                new SafeJournal.Waits(SOON, Duration.ofMillis(100), SOON, SOON, Duration.ofSeconds(30)))) {
            lagsAndIsReported(journal);
            server.thaw();
            awaitWritten(journal);
        }
        allIsWrittenOnce();
    }

    /** Wherever in the answers the connection breaks, also in that to the commit. */
    @Test
    void aConnectionThatBreaksLosesNothingAndRepeatsNothing() throws Exception {
        List<String> lines = new ArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(server.port());
                SafeJournal journal = open(server.url().replace(":" + server.port(), ":" + proxy.port()), WAITS)) {
            next(wells);
            note(journal, lines, "before any cut");
            long before = proxy.answered();
            note(journal, lines, "measured");
            long all = proxy.answered() - before;
            for (int part = 0; part <= PARTS; part++) {
                proxy.cutAfter(all * part / PARTS - 1);
                note(journal, lines, "cut in part " + part);
            }
        }
        assertThat(WrittenRows.of(server::connect, instance).entries())
                .extracting(DiaryEntry::text)
                .containsExactlyElementsOf(lines);
    }

    private static void note(SafeJournal journal, List<String> lines, String text) {
        lines.add(text);
        journal.note(List.of(line(NIGHT.plusSeconds(lines.size()), text)));
        awaitWritten(journal);
    }

    @Test
    void aPasswordThatWasReplacedIsReadForTheNextConnection() throws Exception {
        try (SafeJournal journal = open()) {
            next(wells);
            try (Connection admin = server.connect();
                    Statement statement = admin.createStatement()) {
                statement.execute("ALTER ROLE " + PostgresServer.USER + " PASSWORD 'r0tated'");
                password.set("r0tated");
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'tidewatch'");

                lagsAndIsReported(journal);
                awaitWritten(journal);

                statement.execute("ALTER ROLE " + PostgresServer.USER + " PASSWORD '" + PostgresServer.PASSWORD + "'");
            }
        }
        allIsWrittenOnce();
    }

    @Test
    void aWrongPasswordIsReportedWithoutThePassword() throws Exception {
        password.set("wr0ng");
        try (SafeJournal journal = open()) {
            lagsAndIsReported(journal);

            assertThat(next(troubles))
                    .contains("password authentication failed", "127.0.0.1", "from memory")
                    .doesNotContain("wr0ng", "\n");
        }
    }
}
