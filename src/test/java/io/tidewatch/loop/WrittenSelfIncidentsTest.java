package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.outbox.OutboxStage;
import io.tidewatch.loop.outbox.ReportRecorder;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What receivers are told of Tidewatch itself, through the journal, and across restarts. */
@Timeout(60)
class WrittenSelfIncidentsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Alerting TO_CHAT = new Alerting(
            List.of(),
            List.of(new Alerting.Route(Set.of(), Set.of(), List.of("everything-else"))),
            List.of("chat"),
            Optional.empty());

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock(NOON);
    private SafeJournal journal;
    private OutboxStage outbox;
    private ReportRecorder recorder;
    private WrittenSelfIncidents self;

    @BeforeEach
    void start() {
        journal = QuietJournal.open(directory, clock, Set.of());
        outbox = new OutboxStage(journal, () -> TO_CHAT, clock, instants -> {});
        recorder = new ReportRecorder(journal, () -> TO_CHAT);
        self = new WrittenSelfIncidents(
                this::openInJournal, report -> recorder.write(Pass.NONE, report), Leadership.ALONE, clock);
    }

    private Optional<List<Incident>> openInJournal() {
        return Optional.of(List.copyOf(journal.openIncidents().values()));
    }

    @AfterEach
    void stop() {
        self.close();
        journal.close();
    }

    /** Closing waits until all is written down. */
    private void restart() {
        stop();
        start();
    }

    private List<String> sentAt(Instant now) {
        clock.moveTo(now);
        List<DueMessage> due = outbox.due();
        due.forEach(outbox::acknowledged);
        return due.stream()
                .map(DueMessage::message)
                .map(message -> message.receiver() + " " + message.headline())
                .toList();
    }

    @Test
    void anIncidentGoesToTheDefaultReceiversAtOnceAndHasAnEnding() {
        self.open("loop", "no pass has ended for 5 min");
        restart();

        assertThat(sentAt(NOON)).containsExactly("chat tidewatch: no pass has ended for 5 min");

        clock.moveTo(NOON.plusSeconds(60));
        self.resolve("loop", "passes end again");
        restart();

        assertThat(sentAt(NOON.plusSeconds(60)))
                .containsExactly("chat tidewatch: resolved after 60 s, passes end again");
        assertThat(journal.openIncidents()).isEmpty();
        assertThat(WrittenRows.in(directory).entries(NOON, NOON.plusSeconds(61)))
                .extracting(DiaryEntry::code, DiaryEntry::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("incident-opened", "incident: no pass has ended for 5 min"),
                        org.assertj.core.groups.Tuple.tuple("incident-ended", "resolved after 60 s: passes end again"));
    }

    @Test
    void saidAgainItIsNoSecondIncidentEvenAfterARestart() {
        self.open("loop", "three passes failed");
        self.open("loop", "four passes failed");
        restart();
        self.open("loop", "five passes failed");
        restart();

        assertThat(journal.openIncidents()).containsOnlyKeys(Target.ofTidewatch("loop"));
        assertThat(sentAt(NOON)).containsExactly("chat tidewatch: three passes failed");
        assertThat(sentAt(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void whatNeverBeganHasNoEnding() {
        self.resolve("loop", "passes end again");
        restart();

        assertThat(sentAt(NOON.plusSeconds(60))).isEmpty();
        assertThat(WrittenRows.in(directory).entries(NOON, NOON.plusSeconds(61)))
                .isEmpty();
    }

    @Test
    void sourcesThatFailTogetherAreOneMessage() {
        self.open("source/shop", "source shop was not pulled for 3 min");
        self.open("source/bank", "source bank was not pulled for 3 min");
        self.open("loop", "three passes failed");
        restart();

        assertThat(sentAt(NOON)).containsExactly("chat tidewatch: three passes failed");
        assertThat(sentAt(NOON.plusSeconds(31)))
                .containsExactly("chat tidewatch: source bank, source shop: source bank was not pulled for 3 min");
    }

    /** Each may be written down before the next is known. */
    @Test
    void theOrderOfSourcesDoesNotDependOnWhatWasWrittenDownFirst() {
        self.open("source/shop", "source shop was not pulled for 3 min");
        restart();
        self.open("source/bank", "source bank was not pulled for 3 min");
        restart();

        assertThat(sentAt(NOON.plusSeconds(31)))
                .containsExactly("chat tidewatch: source bank, source shop: source bank was not pulled for 3 min");
    }

    @Test
    void theNoticesOfOneKeyDoNotAffectAnother() {
        self.open("source/shop", "source shop was not pulled for 3 min");
        self.resolve("source/bank", "source bank was asked");
        restart();

        assertThat(journal.openIncidents()).containsOnlyKeys(Target.ofTidewatch("source/shop"));
    }

    @Test
    void theMessageNamesACommandAndNoSchedule() {
        self.open("journal", "the disk is full");
        restart();

        AlertMessage message = outbox.due().get(0).message();
        assertThat(message.body().lines())
                .containsExactly(
                        "warning, since 2026-11-22 12:00:00 Z", "the disk is full", "next: ./tidewatch status");
        assertThat(message.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void anIncidentIsReportedWhileTheJournalDoesNotAnswer() {
        AtomicInteger asked = new AtomicInteger();
        try (WrittenSelfIncidents blind = new WrittenSelfIncidents(
                () -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("the journal does not answer");
                },
                report -> recorder.write(Pass.NONE, report),
                Leadership.ALONE,
                clock)) {
            blind.open("journal", "the disk is full");
        }

        assertThat(asked.get()).isPositive();
        assertThat(journal.openIncidents()).containsOnlyKeys(Target.ofTidewatch("journal"));
    }

    /** The one that stood in the file was reported by the process before, the other one by this one; each has its ending. */
    @Test
    void whatStoodOpenInAJournalThatIsReadLateEndsTogetherWithWhatOpenedMeanwhile() {
        self.open("loop", "three passes failed");
        restart();
        assertThat(sentAt(NOON)).containsExactly("chat tidewatch: three passes failed");

        AtomicBoolean readable = new AtomicBoolean();
        clock.moveTo(NOON.plusSeconds(60));
        try (WrittenSelfIncidents late = new WrittenSelfIncidents(
                () -> readable.get() ? openInJournal() : Optional.empty(),
                report -> recorder.write(Pass.NONE, report),
                Leadership.ALONE,
                clock)) {
            late.open("loop", "no pass has ended for 5 min");
            late.resolve("source/shop", "source shop was asked");
            awaitSettled(late);
            assertThat(sentAt(NOON.plusSeconds(60))).containsExactly("chat tidewatch: no pass has ended for 5 min");

            readable.set(true);
            late.journalWasRead();
            awaitSettled(late);
            late.open("loop", "no pass has ended for 6 min");
            awaitSettled(late);
            assertThat(sentAt(NOON.plusSeconds(61))).as("reported once").isEmpty();

            clock.moveTo(NOON.plusSeconds(120));
            late.resolve("loop", "passes end again");
        }

        assertThat(journal.openIncidents()).isEmpty();
        assertThat(WrittenRows.in(directory).incidents())
                .extracting(Incident::summary)
                .hasSize(2)
                .allSatisfy(summary -> assertThat(summary).contains("passes end again"));
    }

    /** Another replica led meanwhile, and resolved what this one had taken over. */
    @Test
    void whatWasTakenOverAndResolvedByAnotherReplicaDoesNotOpenAgain() {
        self.open("loop", "three passes failed");
        restart();
        try (WrittenSelfIncidents again = new WrittenSelfIncidents(
                this::openInJournal, report -> recorder.write(Pass.NONE, report), Leadership.ALONE, clock)) {
            again.journalWasRead();
            awaitSettled(again);
            self.resolve("loop", "passes end again");
            awaitSettled(self);
            assertThat(journal.openIncidents()).isEmpty();

            again.lead();
            awaitSettled(again);
        }

        assertThat(journal.openIncidents()).isEmpty();
    }

    /** Trouble that ended before the journal could be read ends as soon as it can be. */
    @Test
    void whatEndedBeforeTheJournalCouldBeReadEndsWhenItIsRead() {
        self.open("loop", "three passes failed");
        restart();

        AtomicBoolean readable = new AtomicBoolean();
        try (WrittenSelfIncidents late = new WrittenSelfIncidents(
                () -> readable.get() ? openInJournal() : Optional.empty(),
                report -> recorder.write(Pass.NONE, report),
                Leadership.ALONE,
                clock)) {
            late.resolve("loop", "passes end again");
            awaitSettled(late);
            assertThat(journal.openIncidents()).containsOnlyKeys(Target.ofTidewatch("loop"));

            readable.set(true);
            late.journalWasRead();
        }

        assertThat(journal.openIncidents()).isEmpty();
    }

    private static void awaitSettled(WrittenSelfIncidents incidents) {
        while (!incidents.isSettled()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anIncidentOfATargetIsNotTouched() {
        Map<Target, Incident> before = journal.openIncidents();
        self.resolve("shop/cart", "fine");
        restart();

        assertThat(journal.openIncidents()).isEqualTo(before);
    }
}
