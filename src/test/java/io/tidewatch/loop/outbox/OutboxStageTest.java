package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.alert.DeliveryBackoff;
import io.tidewatch.alert.PassMessages;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.journal.content.Records;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.loop.Leadership;
import io.tidewatch.loop.RetentionStage;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told when, with a clock in the hand and restarts in between. */
class OutboxStageTest {

    private static final Instant LAG = Instant.parse("2026-11-22T13:36:00Z");
    private static final Alerting TO_CHAT = new Alerting(
            List.of(),
            List.of(),
            List.of("chat"),
            Optional.of(new Alerting.Digest(LocalTime.of(8, 0), ZoneId.of("Asia/Seoul"), List.of("chat"))));
    private static final Instant DIGEST = Instant.parse("2026-11-22T23:00:00Z");

    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock(LAG);
    private final Set<Instant> armed = new HashSet<>();
    private SafeJournal journal;
    private OutboxStage outbox;
    private ReportRecorder recorder;

    @BeforeEach
    void start() {
        journal = QuietJournal.open(directory, clock, PassMessages.remedies());
        outbox = new OutboxStage(journal, () -> TO_CHAT, clock, this::nowArmed);
        recorder = new ReportRecorder(journal, () -> TO_CHAT);
    }

    private void nowArmed(Set<Instant> instants) {
        armed.clear();
        armed.addAll(instants);
    }

    private List<OutboxEntry> undelivered() {
        return WrittenRows.in(directory).undelivered();
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    private void restart() {
        stop();
        start();
    }

    private List<AlertMessage> dueAt(Instant now) {
        clock.moveTo(now);
        return outbox.due().stream().map(DueMessage::message).toList();
    }

    private void acknowledgeAll(Instant now) {
        clock.moveTo(now);
        outbox.due().forEach(outbox::acknowledged);
    }

    private static Incident lagging(String name, Instant opened, Optional<Instant> ended) {
        Target target = new Target("shop", name);
        return new Incident(
                target + "@" + opened,
                target,
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.UNSCHEDULABLE),
                Severity.CRITICAL,
                List.of(),
                opened,
                ended,
                "5 of 7 available");
    }

    private void opens(Incident incident) {
        report(incident.opened(), List.of(incident), List.of());
    }

    private void ends(Incident incident, Instant end) {
        Incident ended = lagging(incident.target().name(), incident.opened(), Optional.of(end));
        report(end.plusSeconds(30), List.of(), List.of(ended));
    }

    private void report(Instant at, List<Incident> opened, List<Incident> ended) {
        Pass pass =
                Pass.begin(Definitions.NONE, new DesiredState(at, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE);
        recorder.write(
                pass,
                Report.of(at, List.of()).with(Report.Incidents.opened(opened).andEnded(ended)));
    }

    @Test
    void aSingleIncidentIsSentThirtySecondsAfterItOpenedAndNotLater() {
        opens(lagging("cart", LAG, Optional.empty()));

        assertThat(dueAt(LAG.plusSeconds(30).minusNanos(1))).isEmpty();
        assertThat(armed).contains(LAG.plusSeconds(30));
        assertThat(dueAt(LAG.plusSeconds(30))).hasSize(1);
    }

    /** Its next attempt is written down as an instant, which a clock that is set back by hours reaches hours later. */
    @Test
    void aClockThatIsSetBackPutsOffNoAttempt() {
        opens(lagging("cart", LAG, Optional.empty()));
        clock.moveTo(LAG.plusSeconds(30));
        outbox.due().forEach(due -> outbox.failed(due, new IllegalStateException("no answer")));

        assertThat(dueAt(LAG.plusSeconds(30).minus(Duration.ofHours(2)))).hasSize(1);
    }

    @Test
    void whatIsDueSoonWaits() {
        opens(lagging("cart", LAG, Optional.empty()));

        assertThat(dueAt(LAG.plusSeconds(30).minus(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void whatOpensWithinThirtySecondsIsOneMessageAcrossARestart() {
        Incident first = lagging("cart", LAG, Optional.empty());
        opens(first);
        assertThat(dueAt(LAG.plusSeconds(1))).isEmpty();
        restart();
        Incident second = lagging("checkout", LAG.plusSeconds(29), Optional.empty());
        opens(second);
        restart();

        assertThat(dueAt(LAG.plusSeconds(30))).singleElement().satisfies(message -> {
            assertThat(message.headline()).startsWith("shop/cart, shop/checkout: Unschedulable");
            assertThat(message.conversation()).isEqualTo(first.id());
            assertThat(message.about()).containsExactly(first.id(), second.id());
        });
    }

    @Test
    void whatOpensWhenTheMessageIsOnItsWayHasOneOfItsOwn() {
        opens(lagging("cart", LAG, Optional.empty()));
        assertThat(dueAt(LAG.plusSeconds(30))).hasSize(1);
        restart();
        Incident late = lagging("checkout", LAG.plusSeconds(29), Optional.empty());
        opens(late);
        acknowledgeAll(LAG.plusSeconds(31));

        assertThat(dueAt(LAG.plusSeconds(59)))
                .extracting(AlertMessage::conversation)
                .containsExactly(late.id());
    }

    @Test
    void theEndIsSentOnceWhenTheLastIncidentIsResolvedAcrossARestart() {
        Incident first = lagging("cart", LAG, Optional.empty());
        Incident second = lagging("checkout", LAG, Optional.empty());
        report(LAG, List.of(first, second), List.of());
        acknowledgeAll(LAG.plusSeconds(30));

        ends(first, LAG.plusSeconds(60));
        assertThat(dueAt(LAG.plusSeconds(600))).isEmpty();
        restart();
        ends(second, LAG.plusSeconds(900));

        assertThat(dueAt(LAG.plusSeconds(930))).singleElement().satisfies(message -> {
            assertThat(message.moment()).isEqualTo(Moment.ENDED);
            assertThat(message.conversation()).isEqualTo(first.id());
            assertThat(message.headline()).startsWith("shop/cart, shop/checkout: resolved after 15 min");
            assertThat(message.body())
                    .contains("shop/cart: resolved after 60 s")
                    .contains("shop/checkout: resolved after 15 min");
        });
        acknowledgeAll(LAG.plusSeconds(930));
        assertThat(dueAt(LAG.plusSeconds(9_000))).isEmpty();
    }

    @Test
    void aDigestIsSentOnceADay() {
        journal.note(List.of(new DiaryEntry(
                LAG, Optional.of(new Target("shop", "checkout")), "status-cured", "status correct again")));

        assertThat(dueAt(DIGEST.minusNanos(1))).isEmpty();
        assertThat(armed).containsExactly(DIGEST);
        acknowledgeAll(DIGEST);
        restart();
        assertThat(dueAt(DIGEST.plusSeconds(1))).isEmpty();
        assertThat(dueAt(DIGEST.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void resolvedAndReportedIncidentsAreForgottenAfterTheirTimeAndOpenOnesAreNot() {
        Incident over = lagging("cart", LAG, Optional.empty());
        opens(over);
        acknowledgeAll(LAG.plusSeconds(30));
        ends(over, LAG.plusSeconds(60));
        acknowledgeAll(LAG.plusSeconds(90));
        Incident lasting = lagging("checkout", LAG.plusSeconds(100), Optional.empty());
        opens(lasting);
        acknowledgeAll(LAG.plusSeconds(130));
        Duration keep = Duration.ofDays(90);

        clock.moveTo(LAG.plus(keep));
        new RetentionStage(journal, clock, keep).forget();
        assertThat(WrittenRows.in(directory).incidents()).hasSize(2);

        clock.moveTo(LAG.plus(keep).plusSeconds(1_000));
        new RetentionStage(journal, clock, keep).forget();
        assertThat(WrittenRows.in(directory).incidents()).containsExactly(lasting);
        ends(lasting, clock.instant());
        assertThat(dueAt(clock.instant().plusSeconds(30))).hasSize(1);
    }

    private static final Receiver CHAT = new Receiver.SlackWebhook("chat", "http://127.0.0.1:1/x");
    private static final Receiver PAGER = new Receiver.SlackWebhook("pager", "http://127.0.0.1:1/y");

    private final List<Runnable> deadlines = new ArrayList<>();

    private OutboxStage withDeadlines(Records records) {
        Alerting both = new Alerting(List.of(CHAT, PAGER), List.of(), List.of("chat"), Optional.empty());
        recorder = new ReportRecorder(records, () -> both);
        return new OutboxStage(
                records, Leadership.ALONE, () -> both, clock, this::nowArmed, deadlines::add, receiver -> {});
    }

    private void waits(String receiver, String name, Instant due) {
        journal.record(
                Report.NONE,
                List.of(new AlertMessage(
                        Envelope.id(name + "/" + receiver).of(name).to(receiver),
                        List.of(),
                        Moment.OPENED,
                        Severity.CRITICAL,
                        Text.headline("lags").body("since"),
                        Times.at(LAG).due(due))));
    }

    @Test
    void aRetryIsArmedWhileAnotherReceiverTakesItsTime() {
        outbox = withDeadlines(journal);
        waits("chat", "shop/cart", LAG);
        waits("pager", "shop/cart", LAG);
        List<DueMessage> both = outbox.due();
        assertThat(both).hasSize(2);

        outbox.failed(both.get(0), new java.io.IOException("no answer"));

        assertThat(armed)
                .containsExactly(DeliveryBackoff.next(both.get(0).message().id(), 1, LAG));
        clock.moveTo(armed.iterator().next());
        assertThat(outbox.due())
                .extracting(due -> due.message().receiver())
                .containsExactly(both.get(0).message().receiver());
    }

    @Test
    void whatIsDueLaterIsArmedWhenSomethingForAnotherReceiverIsHandedOut() {
        outbox = withDeadlines(journal);
        waits("chat", "shop/cart", LAG);
        waits("pager", "shop/cart", LAG.plusSeconds(5));

        assertThat(outbox.due()).hasSize(1);

        assertThat(armed).containsExactly(LAG.plusSeconds(5));
    }

    /** An alarm for it would ring at once, again and again, and find nothing to send. */
    @Test
    void whatWaitsForABusyReceiverIsArmedOnlyWhenThatOneIsSettledOrAtItsDeadline() {
        outbox = withDeadlines(journal);
        waits("chat", "shop/cart", LAG);
        waits("chat", "shop/checkout", LAG);
        DueMessage first = outbox.due().get(0);
        assertThat(armed).isEmpty();
        assertThat(outbox.due()).isEmpty();
        assertThat(armed).isEmpty();

        outbox.acknowledged(first);
        assertThat(armed).containsExactly(LAG);

        DueMessage second = outbox.due().get(0);
        assertThat(armed).isEmpty();
        deadlines.get(1).run();
        assertThat(armed).containsExactly(DeliveryBackoff.next(second.message().id(), 1, LAG));
    }

    /** Two that hang hold a thread each; a third would be one too many. */
    @Test
    void nothingMoreIsSentToWhoHangsTwiceUntilOneEnds() {
        outbox = withDeadlines(journal);
        opens(lagging("cart", LAG, Optional.empty()));
        List<DueMessage> sent = new ArrayList<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(20)));
            sent.addAll(outbox.due());
            deadlines.get(attempt).run();
        }
        clock.moveTo(clock.instant().plus(Duration.ofMinutes(20)));
        assertThat(outbox.due()).isEmpty();

        outbox.failed(sent.get(0), new java.io.IOException("closed at last"));
        assertThat(undelivered()).extracting(one -> one.attempts()).containsExactly(2);
        assertThat(outbox.due()).hasSize(1);
    }

    @Test
    void whatIsTakenAfterItsDeadlineIsNotSentAgain() {
        outbox = withDeadlines(journal);
        opens(lagging("cart", LAG, Optional.empty()));
        clock.moveTo(LAG.plusSeconds(30));
        DueMessage sent = outbox.due().get(0);
        deadlines.get(0).run();

        outbox.acknowledged(sent);

        assertThat(undelivered()).isEmpty();
        assertThat(dueAt(LAG.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void aReceiverThatAcceptsNothingIsReportedToTheOthers() {
        outbox = withDeadlines(journal);
        Incident dead = new Incident(
                "x",
                Target.ofTidewatch("receiver/chat"),
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                Severity.WARNING,
                List.of(),
                LAG,
                Optional.empty(),
                "the receiver chat accepts no message");
        report(LAG, List.of(dead), List.of());

        assertThat(dueAt(LAG.plusSeconds(30)))
                .extracting(AlertMessage::receiver)
                .containsExactly("pager");
    }

    @Test
    void whatWaitsForAReceiverThatIsGoneGoesToTheDefaultOnce() {
        outbox = withDeadlines(journal);
        Incident lag = lagging("cart", LAG, Optional.empty());
        journal.record(
                Report.of(LAG, List.of()).with(Report.Incidents.opened(List.of(lag))),
                List.of(new AlertMessage(
                        Envelope.id(lag.id() + "/opened/gone").of(lag.id()).to("gone"),
                        List.of(lag.id()),
                        Moment.OPENED,
                        Severity.CRITICAL,
                        Text.headline("lags").body("since"),
                        Times.at(LAG))));

        clock.moveTo(LAG.plusSeconds(30));
        List<DueMessage> due = outbox.due();
        assertThat(due).extracting(one -> one.message().receiver()).containsExactly("chat");
        due.forEach(outbox::acknowledged);
        assertThat(outbox.due()).isEmpty();
        ends(lag, LAG.plusSeconds(60));
        clock.moveTo(LAG.plusSeconds(90));
        assertThat(outbox.due())
                .extracting(
                        one -> one.message().receiver() + " " + one.message().moment())
                .containsExactly("chat ENDED");
    }

    /** Of all lines since an incident opened, its end needs the few latest about remedies for its target. */
    @Test
    void theEndOfALongIncidentNeedsFewLines() {
        Instant begin = LAG.minus(Duration.ofDays(30));
        for (int chunk = 0; chunk < 6; chunk++) {
            Instant at = begin.plus(Duration.ofHours(12L * chunk));
            journal.note(IntStream.range(0, 1_000)
                    .mapToObj(i -> new DiaryEntry(
                            at.plusSeconds(i), Optional.of(new Target("shop", "other-" + i)), "available", "7 of 7"))
                    .toList());
        }
        Incident incident = lagging("cart", begin, Optional.empty());
        opens(incident);
        for (int i = 0; i < 10; i++) {
            journal.note(List.of(
                    new DiaryEntry(begin.plusSeconds(i), Optional.of(incident.target()), "nudged", "attempt " + i)));
        }

        ends(incident, LAG);

        assertThat(journal.latest(PassMessages.remedies(), Set.of(incident.target()), begin))
                .extracting(DiaryEntry::text)
                .containsExactly("attempt 6", "attempt 7", "attempt 8", "attempt 9");
    }

    /** Another replica leads by now, and knows nothing of what this one told from memory. */
    @Test
    void anEndThatNobodyElseKnowsIsSentWithoutLeading() {
        Incident open = lagging("cart", LAG, Optional.empty());
        List<AlertMessage> ends = recorder.ends(
                List.of(new Conversation(open.id(), "chat", List.of(open), true)),
                "tidewatch-1 leads",
                LAG.plusSeconds(90));
        outbox = new OutboxStage(
                journal, () -> false, () -> TO_CHAT, clock, this::nowArmed, DeliveryTimer.inRealTime(), receiver -> {});
        opens(lagging("web", LAG, Optional.empty()));
        clock.moveTo(LAG.plusSeconds(90));

        outbox.farewell(ends);
        assertThat(armed).contains(LAG.plusSeconds(90));
        List<DueMessage> due = outbox.due();
        assertThat(due)
                .extracting(one -> one.message().moment() + " " + one.message().headline())
                .containsExactly("ENDED shop/cart: resolved after 90 s, tidewatch-1 leads");
        assertThat(outbox.isQuiet()).isFalse();
        outbox.failed(due.get(0), new IllegalStateException("503"));
        assertThat(outbox.due()).isEmpty();

        clock.moveTo(LAG.plusSeconds(96));
        List<DueMessage> again = outbox.due();
        assertThat(again).extracting(DueMessage::attempts).containsExactly(1);
        again.forEach(outbox::acknowledged);
        clock.moveTo(LAG.plusSeconds(3_600));
        assertThat(outbox.due()).isEmpty();
        assertThat(journal.knowsMessage(ends.get(0).id())).isFalse();
    }
}
