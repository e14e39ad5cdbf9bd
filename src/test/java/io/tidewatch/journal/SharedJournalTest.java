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
import io.tidewatch.journal.server.CuttingProxy;
import io.tidewatch.journal.server.PostgresSchemas;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas on one real PostgreSQL: what one wrote the other takes up, and each message has one sender. */
@Timeout(120)
class SharedJournalTest {

    private final PostgresServer server = PostgresServer.shared();
    private final String instance = server.freshInstance();

    private SafeJournal open(Duty duty) {
        return open(duty, SafeJournal.Waits.DEFAULT);
    }

    private SafeJournal open(Duty duty, SafeJournal.Waits waits) {
        return open(duty, waits, QuietJournal.MAX_SIZE);
    }

    private SafeJournal open(Duty duty, SafeJournal.Waits waits, long maxSize) {
        return SafeJournal.open(
                PostgresSchemas.of(server, instance, maxSize),
                Clock.fixed(NIGHT, ZoneOffset.UTC),
                Set.of("nudged"),
                duty,
                QuietJournal.LISTENER,
                waits);
    }

    private WrittenRows rows() {
        return WrittenRows.of(server::connect, instance);
    }

    private static List<String> due(SafeJournal journal, Instant now) {
        return journal.due(now, Set.of()).stream()
                .map(due -> due.message().id())
                .toList();
    }

    private static void lags(SafeJournal journal) {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "lags")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT), message("i1", "b", Moment.OPENED, NIGHT)));
    }

    @Test
    void aReplicaThatTakesOverKnowsOpenIncidentsAndUnsentMessages() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            first.acknowledged("i1/OPENED/a", NIGHT);
            assertThat(due(second, NIGHT)).isEmpty();
            assertThat(second.nextDue(Set.of())).isEmpty();
            assertThat(second.openIncidents()).isEmpty();

            first.standBy();
            second.takeOver();

            assertThat(second.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(second, NIGHT)).containsExactly("i1/OPENED/b");
            assertThat(due(first, NIGHT)).isEmpty();
        }
    }

    @Test
    void aReplicaThatLeadsAgainKnowsWhatTheOtherDidMeanwhile() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            first.standBy();
            second.takeOver();
            Instant end = NIGHT.plusSeconds(60);
            second.record(
                    JournalSamples.ended(incident("i1", Optional.of(end))),
                    List.of(message("i1", "a", Moment.ENDED, end)));
            second.acknowledged("i1/OPENED/a", end);

            second.standBy();
            first.takeOver();

            assertThat(first.openIncidents()).isEmpty();
            assertThat(due(first, end)).containsExactlyInAnyOrder("i1/ENDED/a", "i1/OPENED/b");
        }
    }

    /** The server was restarted while this replica followed, and it had no reason to use its connection since. */
    @Test
    void aFollowerWhoseConnectionDiedUnnoticedTakesOverWithoutAWord() throws Exception {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (CuttingProxy proxy = new CuttingProxy(server.port());
                SafeJournal first = open(Duty.LEAD);
                SafeJournal second = SafeJournal.open(
                        PostgresSchemas.at(proxy.port(), server, instance, QuietJournal.MAX_SIZE),
                        Clock.fixed(NIGHT, ZoneOffset.UTC),
                        Set.of(),
                        Duty.STAND_BY,
                        troublesTo(told),
                        QuietJournal.PATIENT)) {
            lags(first);
            assertThat(second.lines("available", NIGHT, Instant.MAX).orElseThrow())
                    .hasSize(1);
            proxy.cutAfter(0);

            first.standBy();
            second.takeOver();

            assertThat(second.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(second, NIGHT)).hasSize(2);
            assertThat(told).isEmpty();
        }
    }

    private static JournalListener troublesTo(LinkedBlockingQueue<String> told) {
        return new JournalListener() {

            @Override
            public void trouble(String summary) {
                told.add(summary);
            }

            @Override
            public void late(String summary) {
                told.add(summary);
            }

            @Override
            public void well(String summary) {}
        };
    }

    /** As history and status ask it. */
    @Test
    void aReplicaThatStandsByReadsWhatTheLeaderWrites() {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            first.record(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of());
            first.record(stepped(), List.of());

            assertThat(second.lines("available", NIGHT, Instant.MAX).orElseThrow())
                    .extracting(DiaryEntry::text)
                    .containsExactly("lags");
            assertThat(second.diagnosisAt(CART, NIGHT).orElseThrow().diagnosis())
                    .isPresent();
            assertThat(second.latestSteps(Scope.ALL, 9)).isEqualTo(stepped().steps());
        }
    }

    private static Report stepped() {
        return JournalSamples.stepped(new Step(
                CART,
                Optional.of("midnight-peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(NIGHT),
                State.CONVERGED,
                Step.Change.commit("3f2c1ab").by("Dana")));
    }

    @Test
    void whatStandsByWritesNothing() {
        try (SafeJournal standing = open(Duty.STAND_BY)) {
            lags(standing);
            standing.note(List.of(line(NIGHT, "a line")));
        }
        assertThat(rows().incidents()).isEmpty();
        assertThat(rows().entries()).isEmpty();
    }

    /** A leader that froze does not know that it is replaced: whatever it still writes finds the other's tenure. */
    @Test
    void aLeaderThatWasReplacedUnawaresWritesAndSendsNothing() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            second.takeOver();
            assertThat(second.openIncidents()).isEmpty();

            lags(first);

            assertThat(due(first, NIGHT)).isEmpty();
            assertThat(rows().incidents()).isEmpty();
            lags(second);
            assertThat(due(second, NIGHT)).containsExactlyInAnyOrder("i1/OPENED/a", "i1/OPENED/b");
        }
        assertThat(rows().entries()).extracting(DiaryEntry::text).containsExactly("lags");
    }

    /** Without an election, or where it is wrong: whoever is left goes on, and does not repeat what the other sent. */
    @Test
    void aReplacedLeaderThatNobodyTellsToStandByLeadsAgain() throws Exception {
        SafeJournal.Waits soon = new SafeJournal.Waits(
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(200));
        try (SafeJournal first = open(Duty.LEAD, soon)) {
            try (SafeJournal second = open(Duty.LEAD)) {
                lags(second);
                assertThat(due(second, NIGHT)).hasSize(2);
                second.acknowledged("i1/OPENED/a", NIGHT);
                second.acknowledged("i1/OPENED/b", NIGHT);
            }
            first.note(List.of(line(NIGHT, "not written")));
            CountDownLatch read = new CountDownLatch(1);
            first.whenRead(read::countDown);

            assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.openIncidents()).containsOnlyKeys(CART);
            assertThat(due(first, NIGHT)).isEmpty();
            first.note(List.of(line(NIGHT, "goes on")));
        }
        assertThat(rows().entries()).extracting(DiaryEntry::text).containsExactly("lags", "goes on");
    }

    @Test
    void aMessageUnderWayIsNotSentByTheNextLeaderAndItsReceiptCounts() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            assertThat(due(first, NIGHT)).containsExactlyInAnyOrder("i1/OPENED/a", "i1/OPENED/b");
            first.standBy();
            second.takeOver();

            assertThat(due(second, NIGHT)).isEmpty();
            Instant next = second.nextDue(Set.of()).orElseThrow();
            assertThat(next).isBetween(NIGHT.plusSeconds(30), NIGHT.plus(SafeJournal.CLAIM));
            first.acknowledged("i1/OPENED/a", NIGHT.plusSeconds(1));
            awaitAcknowledged("i1/OPENED/a");

            assertThat(due(second, next.plus(SafeJournal.CLAIM))).isEmpty();
            assertThat(due(second, next.plus(SafeJournal.CLAIM))).isEmpty();
            assertThat(rows().undelivered())
                    .extracting(entry -> entry.message().id())
                    .containsExactly("i1/OPENED/b");
        }
    }

    /** A receiver that is down must not make the next leader wait: nothing is under way. */
    @Test
    void aMessageThatFailedIsSentByTheNextLeaderWhenItIsDue() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            assertThat(due(first, NIGHT)).hasSize(2);
            first.failed("i1/OPENED/a", NIGHT.plusSeconds(5), "503");

            first.standBy();
            second.takeOver();

            assertThat(due(second, NIGHT.plusSeconds(5))).containsExactly("i1/OPENED/a");
        }
    }

    /** The leadership was lost between the choice of a message and its sending. */
    @Test
    void aMessageThatWasChosenAndNotSentDoesNotMakeTheNextLeaderWait() throws Exception {
        try (SafeJournal first = open(Duty.LEAD);
                SafeJournal second = open(Duty.STAND_BY)) {
            lags(first);
            assertThat(due(first, NIGHT)).hasSize(2);
            first.standBy();
            second.takeOver();

            first.notSent("i1/OPENED/b");

            assertThat(due(second, NIGHT)).containsExactly("i1/OPENED/b");
        }
    }

    /** The replica that stands by writes it on its own thread. */
    private void awaitAcknowledged(String message) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (rows().undelivered().stream()
                        .anyMatch(entry -> entry.message().id().equals(message))
                && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** The claim of a sender that died ends by the clock of the server; here the clock is moved for it. */
    @Test
    void theClaimOfASenderThatDiedEnds() throws Exception {
        SafeJournal first = open(Duty.LEAD);
        lags(first);
        assertThat(due(first, NIGHT)).hasSize(2);
        try (SafeJournal second = open(Duty.LEAD)) {
            assertThat(due(second, NIGHT)).isEmpty();

            rows().execute("UPDATE outbox_claim SET until = clock_timestamp() - INTERVAL '1 second'");

            assertThat(due(second, NIGHT.plus(SafeJournal.CLAIM)))
                    .containsExactlyInAnyOrder("i1/OPENED/a", "i1/OPENED/b");
        } finally {
            first.close();
        }
    }

    @Test
    void rowsThatTakeTooMuchRoomAreDeletedTheOldestFirst() {
        int lines = 4_000;
        try (SafeJournal journal = open(Duty.LEAD, SafeJournal.Waits.DEFAULT, 300_000)) {
            lags(journal);
            for (int i = 0; i < lines; i += 100) {
                int from = i;
                journal.note(IntStream.range(from, from + 100)
                        .mapToObj(n -> line(NIGHT.plusSeconds(n), n + " " + "z".repeat(300)))
                        .toList());
            }
        }
        List<DiaryEntry> left = rows().entries();
        assertThat(left).hasSizeBetween(100, lines / 2);
        assertThat(left.get(left.size() - 1).text()).startsWith(lines - 1 + " ");
        assertThat(rows().openIncidents()).containsOnlyKeys(CART);
        assertThat(rows().undelivered()).hasSize(2);
    }

    @Test
    void aClaimIsLongerThanADelivery() {
        assertThat(SafeJournal.CLAIM).isGreaterThan(OutboxStage.DEADLINE.plusSeconds(10));
    }
}
