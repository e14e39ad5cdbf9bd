package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica with a journal of its own, which another one has replaced, and which leads again days later. */
class UntoldMessagesTest {

    private static final Instant END = NIGHT.plusSeconds(360);
    private static final Instant DAYS_LATER = NIGHT.plusSeconds(3 * 86_400);

    @TempDir
    private Path directory;

    private SafeJournal journal;

    @BeforeEach
    void open() {
        journal = QuietJournal.open(directory, Clock.fixed(NIGHT, ZoneOffset.UTC), Set.of());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void opens(String id, String... receivers) {
        journal.record(
                JournalSamples.opened(incident(id, Optional.empty())),
                List.of(receivers).stream()
                        .map(receiver -> message(id, receiver, Moment.OPENED, NIGHT))
                        .toList());
    }

    private void ends(String id, String receiver) {
        journal.record(
                JournalSamples.ended(incident(id, Optional.of(END))),
                List.of(message(id, receiver, Moment.ENDED, END)));
    }

    private List<String> dueDaysLater() {
        return journal.due(DAYS_LATER, Set.of()).stream()
                .map(DueMessage::message)
                .map(AlertMessage::id)
                .toList();
    }

    @Test
    void whatNobodyWasToldOfIsNotAnnouncedDaysLaterAndIsNotOpenAnyMore() {
        opens("i1", "a", "b");

        journal.giveUpUntold("replica-b");

        assertThat(dueDaysLater()).isEmpty();
        assertThat(journal.openIncidents())
                .as("so that it opens anew if it lasts")
                .isEmpty();
        WrittenRows rows = WrittenRows.in(directory);
        assertThat(rows.undelivered()).isEmpty();
        assertThat(rows.incidents()).singleElement().satisfies(one -> {
            assertThat(one.ended()).contains(NIGHT);
            assertThat(one.summary()).isEqualTo("not reported: replica-b leads");
        });
        assertThat(rows.entries())
                .extracting(DiaryEntry::text)
                .containsExactly(
                        "2 messages that were not sent are given up: 1 to a, 1 to b; replica-b leads, and reports"
                                + " what is open from a journal of its own");
    }

    @Test
    void anIncidentOfWhichSomebodyWasToldStaysOpenForHim() {
        opens("i1", "a", "b");
        journal.acknowledged("i1/OPENED/a", NIGHT);

        journal.giveUpUntold("replica-b");

        assertThat(dueDaysLater()).isEmpty();
        assertThat(journal.openIncidents()).hasSize(1);
        journal.record(
                JournalSamples.ended(incident("i1", Optional.of(END))),
                running -> running.stream().map(UntoldMessagesTest::end).toList());
        assertThat(dueDaysLater()).containsExactly("i1/ENDED/a");
    }

    private static AlertMessage end(Conversation running) {
        return message(running.id(), running.receiver(), Moment.ENDED, END);
    }

    /** As after a long outage of a receiver: what it was told of is ended, with the times at which it was. */
    @Test
    void theEndOfWhatAReceiverWasToldOfIsStillSent() {
        opens("i1", "a");
        journal.acknowledged("i1/OPENED/a", NIGHT);
        ends("i1", "a");

        journal.giveUpUntold("replica-b");

        assertThat(dueDaysLater()).containsExactly("i1/ENDED/a");
    }

    @Test
    void aBeginningAndAnEndThatNobodyWasToldOfAreGivenUpTogether() {
        opens("i1", "a");
        ends("i1", "a");

        journal.giveUpUntold("replica-b");

        assertThat(dueDaysLater()).isEmpty();
        assertThat(journal.nextDue(Set.of())).isEmpty();
    }

    /** Each replica has its own, and knows the time at which it ended. */
    @Test
    void whatConcernsTidewatchItselfStays() {
        Incident own = ofTidewatch();
        journal.record(
                Report.of(NIGHT, List.of()).with(Report.Incidents.opened(List.of(own))),
                List.of(message(own.id(), "a", Moment.OPENED, NIGHT)));

        journal.giveUpUntold("replica-b");

        assertThat(dueDaysLater()).hasSize(1);
        assertThat(WrittenRows.in(directory).entries()).isEmpty();
    }

    private static Incident ofTidewatch() {
        Incident lag = incident("i1", Optional.empty());
        return new Incident(
                "tidewatch:source/shop@1",
                Target.ofTidewatch("source/shop"),
                Optional.empty(),
                lag.state(),
                Optional.empty(),
                lag.severity(),
                List.of(),
                NIGHT,
                Optional.empty(),
                "the source cannot be pulled");
    }
}
