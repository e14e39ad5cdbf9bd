package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Scope;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal answers, before and after a restart, while nothing is wrong with its database. Each database passes the same tests. */
abstract class RecordsContract {

    private SafeJournal journal;

    /** Opens the journal of this test. */
    abstract SafeJournal open();

    /** What is in its tables. */
    abstract WrittenRows rows();

    /** A connection to the tables of another journal, migrated to this version only. */
    abstract Connection migratedTo(String version) throws Exception;

    /** Opens the journal that {@link #migratedTo} migrated. */
    abstract SafeJournal openMigrated();

    @BeforeEach
    void begin() {
        journal = open();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void reopen() {
        close();
        journal = open();
    }

    private List<String> due(Instant now) {
        return journal.due(now, Set.of()).stream()
                .map(due -> due.message().id())
                .toList();
    }

    private List<Conversation> conversations() {
        return conversations(journal);
    }

    /** What a next report would be given. */
    private static List<Conversation> conversations(SafeJournal journal) {
        List<Conversation> running = new ArrayList<>();
        journal.record(JournalSamples.ended(incident("another", Optional.of(NIGHT))), all -> {
            running.addAll(all);
            return List.of();
        });
        return running;
    }

    @Test
    void followedUpdatesAreFollowedAfterARestart() {
        Update update = new Update(
                new Commit("shop", "0c0d9f7", "Dana", NIGHT, "checkout 2"), "cart", NIGHT, "old", "image a → b", true);
        journal.follow(Map.of(CART, update));
        reopen();
        assertThat(journal.followedBefore()).contains(Map.of(CART, update));

        journal.follow(Map.of());
        reopen();

        assertThat(journal.followedBefore()).contains(Map.of());
    }

    @Test
    void anOpenIncidentIsReadBackWhole() {
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of());

        reopen();

        assertThat(journal.openIncidents()).containsOnly(Map.entry(CART, incident("i1", Optional.empty())));
    }

    @Test
    void anIncidentThatEndedIsNotOpen() {
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of());
        journal.record(JournalSamples.ended(incident("i1", Optional.of(NIGHT.plusSeconds(60)))), List.of());

        reopen();

        assertThat(journal.openIncidents()).isEmpty();
    }

    @Test
    void anIncidentThatEndedIsNotOpenedAgainByItsOwnBeginning() {
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of());
        journal.record(JournalSamples.ended(incident("i1", Optional.of(NIGHT.plusSeconds(60)))), List.of());

        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of());

        assertThat(journal.openIncidents()).isEmpty();
    }

    @Test
    void aMessageIsDueFromItsOwnInstantOn() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));

        assertThat(due(NIGHT.minusNanos(1))).isEmpty();
        assertThat(due(NIGHT)).containsExactly("i1/OPENED/a");
        assertThat(journal.nextDue(Set.of())).contains(NIGHT);
    }

    @Test
    void aMessageComesBackAsItWasWritten() {
        AlertMessage written = message("i1", "a", Moment.OPENED, NIGHT);
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of(written));

        reopen();

        assertThat(journal.due(NIGHT, Set.of())).containsExactly(new DueMessage(written, 0));
    }

    @Test
    void anAcknowledgedMessageIsNeverDueAgainEvenWhenWrittenAgain() {
        List<AlertMessage> messages = List.of(message("i1", "a", Moment.OPENED, NIGHT));
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), messages);
        journal.acknowledged("i1/OPENED/a", NIGHT.plusSeconds(1));

        reopen();
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), messages);
        journal.failed("i1/OPENED/a", NIGHT, "came late");

        assertThat(due(Instant.MAX)).isEmpty();
        assertThat(journal.nextDue(Set.of())).isEmpty();
    }

    @Test
    void aFailedMessageIsDueAtItsNextAttemptAndCountsItsFailures() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        Instant next = NIGHT.plus(Duration.ofMinutes(5));

        journal.failed("i1/OPENED/a", next, "connection refused");
        reopen();

        assertThat(due(next.minusNanos(1))).isEmpty();
        assertThat(journal.due(next, Set.of())).extracting(DueMessage::attempts).containsExactly(1);
        assertThat(rows().undelivered())
                .extracting(OutboxEntry::lastFailure)
                .containsExactly(Optional.of("connection refused"));
    }

    @Test
    void noReceiverGetsTheEndBeforeTheBeginning() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT), message("i1", "b", Moment.OPENED, NIGHT)));
        Instant hourLater = NIGHT.plus(Duration.ofHours(1));
        journal.failed("i1/OPENED/a", hourLater, "down");
        journal.acknowledged("i1/OPENED/b", NIGHT);
        Instant end = NIGHT.plusSeconds(60);
        journal.record(
                JournalSamples.ended(incident("i1", Optional.of(end))),
                List.of(message("i1", "a", Moment.ENDED, end), message("i1", "b", Moment.ENDED, end)));

        assertThat(due(end)).containsExactly("i1/ENDED/b");
        journal.acknowledged("i1/ENDED/b", end);
        assertThat(journal.nextDue(Set.of())).contains(hourLater);
        assertThat(due(hourLater)).containsExactly("i1/OPENED/a");
        journal.acknowledged("i1/OPENED/a", hourLater);
        assertThat(due(hourLater)).containsExactly("i1/ENDED/a");
    }

    @Test
    void aReceiverGetsOneMessageAtATimeAndTheOldestFirst() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(
                        message("i2", "a", Moment.OPENED, NIGHT.plusSeconds(1)),
                        message("i1", "a", Moment.OPENED, NIGHT),
                        message("i2", "b", Moment.OPENED, NIGHT.plusSeconds(1))));

        assertThat(due(NIGHT.plusSeconds(1))).containsExactly("i1/OPENED/a", "i2/OPENED/b");
        journal.acknowledged("i1/OPENED/a", NIGHT.plusSeconds(2));
        assertThat(due(NIGHT.plusSeconds(2))).containsExactly("i2/OPENED/a", "i2/OPENED/b");
    }

    @Test
    void aMessageThatIsAlwaysRejectedDoesNotDelayTheReceiversOthers() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(
                        message("i1", "a", Moment.OPENED, NIGHT),
                        message("i2", "a", Moment.OPENED, NIGHT.plusSeconds(1))));
        journal.failed("i1/OPENED/a", NIGHT.plusSeconds(60), "400 invalid_payload");

        assertThat(due(NIGHT.plusSeconds(1))).containsExactly("i2/OPENED/a");
    }

    @Test
    void untilItIsHandedOutAFirstMessageMayNameMoreIncidents() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        AlertMessage joined = message(List.of("i1", "i2"), "a", Moment.OPENED, NIGHT, "two");

        reopen();
        journal.record(JournalSamples.opened(incident("i2", Optional.empty())), List.of(joined));
        reopen();

        assertThat(conversations())
                .containsExactly(new Conversation(
                        "i1", "a", List.of(incident("i1", Optional.empty()), incident("i2", Optional.empty())), false));
        assertThat(journal.due(NIGHT, Set.of())).containsExactly(new DueMessage(joined, 0));
    }

    @Test
    void onceHandedOutAFirstMessageStaysAsItIs() {
        AlertMessage first = message("i1", "a", Moment.OPENED, NIGHT);
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of(first));
        assertThat(journal.due(NIGHT, Set.of())).hasSize(1);

        reopen();
        journal.record(
                JournalSamples.opened(incident("i2", Optional.empty())),
                List.of(message(List.of("i1", "i2"), "a", Moment.OPENED, NIGHT, "two")));

        assertThat(conversations()).extracting(Conversation::sent).containsExactly(true);
        assertThat(journal.due(NIGHT, Set.of())).containsExactly(new DueMessage(first, 0));
    }

    @Test
    void messagesDependOnTheConversationsThatRunBeforeTheReport() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        List<Conversation> seen = new ArrayList<>();

        journal.record(JournalSamples.ended(incident("i1", Optional.of(NIGHT.plusSeconds(60)))), running -> {
            seen.addAll(running);
            return List.of(message("i1", "a", Moment.ENDED, NIGHT.plusSeconds(60)));
        });

        assertThat(seen).extracting(Conversation::id).containsExactly("i1");
        assertThat(conversations()).isEmpty();
        assertThat(rows().undelivered()).hasSize(2);
    }

    @Test
    void aConversationRunsUntilTheLastOfItsIncidentsIsResolved() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message(List.of("i1", "i2"), "a", Moment.OPENED, NIGHT, "two")));
        journal.record(JournalSamples.opened(incident("i2", Optional.empty())), List.of());
        Instant end = NIGHT.plusSeconds(60);

        journal.record(JournalSamples.ended(incident("i1", Optional.of(end))), List.of());
        assertThat(conversations())
                .flatExtracting(Conversation::about)
                .containsExactly(incident("i1", Optional.of(end)), incident("i2", Optional.empty()));

        journal.record(JournalSamples.ended(incident("i2", Optional.of(end))), List.of());
        assertThat(conversations()).isEmpty();
    }

    @Test
    void aMessageThatWasSentButNotAcknowledgedComesBackTheSameAfterARestart() {
        AlertMessage written = message("i1", "a", Moment.OPENED, NIGHT);
        journal.record(JournalSamples.opened(incident("i1", Optional.empty())), List.of(written));
        assertThat(journal.due(NIGHT, Set.of())).hasSize(1);

        reopen();

        assertThat(journal.due(NIGHT, Set.of())).containsExactly(new DueMessage(written, 0));
    }

    @Test
    void linesComeInTheOrderOfTheirTimeAndAsWritten() {
        DiaryEntry late = line(NIGHT.plusSeconds(31), "7 of 7 available, 31 s after the edge");
        DiaryEntry early = new DiaryEntry(NIGHT, Optional.empty(), "started", "nobody's line");
        journal.note(List.of(late, early));

        assertThat(rows().entries(NIGHT, Instant.MAX)).containsExactly(early, late);
        assertThat(rows().entries(NIGHT, NIGHT.plusSeconds(31))).containsExactly(early);
    }

    @Test
    void oldRowsAreDeletedExceptOpenIncidentsAndTheirMessages() {
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "a line")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT), message("i1", "b", Moment.OPENED, NIGHT)));
        journal.acknowledged("i1/OPENED/a", NIGHT);

        journal.forget(NIGHT.plus(Duration.ofDays(90)));

        assertThat(rows().entries()).isEmpty();
        assertThat(journal.openIncidents()).containsKey(CART);
        assertThat(due(Instant.MAX)).containsExactly("i1/OPENED/b");
        assertThat(conversations()).extracting(Conversation::receiver).containsExactly("a", "b");
    }

    @Test
    void aResolvedIncidentIsDeletedWithItsAcknowledgedMessages() {
        Instant end = NIGHT.plusSeconds(60);
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "a line")),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        journal.record(
                JournalSamples.ended(incident("i1", Optional.of(end))), List.of(message("i1", "a", Moment.ENDED, end)));
        journal.acknowledged("i1/OPENED/a", NIGHT);
        journal.acknowledged("i1/ENDED/a", end);

        assertThat(journal.forget(NIGHT)).isZero();
        assertThat(journal.forget(end.plusNanos(1))).isEqualTo(4);
        assertThat(rows().incidents()).isEmpty();
        assertThat(rows().knowsMessage("i1/ENDED/a")).isFalse();
    }

    @Test
    void anEndThatNobodyAcknowledgedKeepsItsIncident() {
        Instant end = NIGHT.plusSeconds(60);
        journal.record(
                JournalSamples.opened(incident("i1", Optional.empty())),
                List.of(message("i1", "a", Moment.OPENED, NIGHT)));
        journal.acknowledged("i1/OPENED/a", NIGHT);
        journal.record(
                JournalSamples.ended(incident("i1", Optional.of(end))), List.of(message("i1", "a", Moment.ENDED, end)));

        journal.forget(NIGHT.plus(Duration.ofDays(90)));

        assertThat(rows().incidents()).hasSize(1);
        assertThat(due(Instant.MAX)).containsExactly("i1/ENDED/a");
    }

    @Test
    void aJournalOfTheFirstVersionKeepsItsMessagesAndItsConversations() throws Exception {
        try (Connection connection = migratedTo("1");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO incident VALUES ('i1', 'shop', 'cart', 'midnight-peak',"
                    + " 'AVAILABILITY_LAG', 'UNSCHEDULABLE', 'CRITICAL', '', 1, NULL, 'lags')");
            statement.execute("INSERT INTO outbox VALUES (1, 'i1/opened/a', 'i1', 'a', 'OPENED', 'CRITICAL',"
                    + " 'headline', 'body', 1, 0, 1, NULL, NULL)");
        }

        try (SafeJournal read = openMigrated()) {
            assertThat(conversations(read))
                    .extracting(Conversation::id, Conversation::receiver, Conversation::sent)
                    .containsExactly(Tuple.tuple("i1", "a", true));
            assertThat(read.due(NIGHT, Set.of())).hasSize(1);
        }
    }

    private static final Target BANK = new Target("bank", "ledger");

    private static Incident incidentOf(String id, Target target, Instant opened) {
        return new Incident(
                id,
                target,
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.empty(),
                Severity.CRITICAL,
                List.of(),
                opened,
                Optional.empty(),
                "5 of 7 available");
    }

    private static Step step(Target target, Instant patched) {
        return new Step(
                target,
                Optional.empty(),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(patched),
                State.CONVERGED,
                Step.Change.commit("3f2c1ab").by("Dana"),
                Optional.empty());
    }

    /** One row of the bank, and later three of the shop. */
    private void oneOfTheBankAndThreeOfTheShop() {
        List<DiaryEntry> lines = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Target target = i == 0 ? BANK : CART;
            Instant at = NIGHT.plusSeconds(i);
            lines.add(new DiaryEntry(at, Optional.of(target), "nudged", "line " + i));
            incidents.add(incidentOf("i" + i, target, at));
            steps.add(step(target, at));
        }
        journal.note(lines);
        incidents.forEach(one -> journal.record(JournalSamples.opened(one), List.of()));
        steps.forEach(one -> journal.record(JournalSamples.stepped(one), List.of()));
    }

    /** A limit that came before the namespaces would leave the bank with nothing as soon as the shop is busy. */
    @Test
    void theRowsOfANamespaceAreFoundHoweverManyOthersThereAre() {
        oneOfTheBankAndThreeOfTheShop();
        Scope bank = Scope.of(Set.of("bank", "treasury"));

        PastEvents events =
                journal.events(bank, NIGHT, NIGHT.plusSeconds(60), 2).orElseThrow();
        assertThat(events.incidents()).extracting(Incident::id).containsExactly("i0");
        assertThat(events.lines()).extracting(DiaryEntry::text).containsExactly("line 0");
        assertThat(events.steps()).extracting(Step::target).containsExactly(BANK);
        assertThat(events.cut()).isEmpty();
        assertThat(journal.latestSteps(bank, 2)).extracting(Step::target).containsExactly(BANK);
        assertThat(journal.latestSteps(Scope.of(Set.of()), 2)).isEmpty();
        assertThat(journal.events(Scope.of(BANK), NIGHT, NIGHT.plusSeconds(60), 2)
                        .orElseThrow()
                        .steps())
                .extracting(Step::target)
                .containsExactly(BANK);
    }

    @Test
    void whatALimitLeavesOutIsToldOfEachList() {
        oneOfTheBankAndThreeOfTheShop();
        Instant end = NIGHT.plusSeconds(60);

        PastEvents cut = journal.events(Scope.ALL, NIGHT, end, 3).orElseThrow();
        assertThat(cut.incidents()).extracting(Incident::id).containsExactly("i3", "i2", "i1");
        assertThat(cut.lines()).extracting(DiaryEntry::text).containsExactly("line 3", "line 2", "line 1");
        assertThat(cut.steps()).extracting(Step::target).containsExactly(CART, CART, CART);
        assertThat(cut.cut()).containsExactly(PastEvents.Kind.values());
        assertThat(journal.events(Scope.ALL, NIGHT, end, 4).orElseThrow().cut()).isEmpty();
        assertThat(journal.events(Scope.ALL, NIGHT.plusSeconds(1), end, 3)
                        .orElseThrow()
                        .cut())
                .as("the incident of the bank is still open")
                .containsExactly(PastEvents.Kind.INCIDENTS);
        assertThat(journal.latestSteps(Scope.ALL, 3)).extracting(Step::target).containsExactly(CART, CART, CART);
    }

    @Test
    void aLongStoryEndsWithItsLastLinesAndSaysSo() {
        oneOfTheBankAndThreeOfTheShop();

        IncidentStory story = journal.story("i1", 2).orElseThrow().story().orElseThrow();
        assertThat(story.lines()).extracting(DiaryEntry::text).containsExactly("line 2", "line 3");
        assertThat(story.cut()).isTrue();
        assertThat(journal.story("i1", 3).orElseThrow().story().orElseThrow().cut())
                .isFalse();
    }
}
