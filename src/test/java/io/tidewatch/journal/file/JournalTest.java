package io.tidewatch.journal.file;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static io.tidewatch.journal.content.JournalSamples.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final long MAX_SIZE = 256L << 20;

    @TempDir
    Path directory;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = new JournalFile(directory, MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void write(Report report, List<AlertMessage> messages) {
        journal.write(numbered(Change.Reported.of(report, messages)));
    }

    private WrittenRows rows() {
        return WrittenRows.in(directory);
    }

    @Test
    void aReportWhoseMessageCannotBeWrittenLeavesNothing() {
        AlertMessage broken = new AlertMessage(
                Envelope.id("x").of("i1").to(null),
                List.of("i1"),
                Moment.OPENED,
                JournalSamples.incident("i1", Optional.empty()).severity(),
                Text.headline("to nobody"),
                Times.at(NIGHT));

        assertThatThrownBy(() -> write(
                        JournalSamples.opened(incident("i1", Optional.empty()), line(NIGHT, "a line")),
                        List.of(message("i1", "a", Moment.OPENED, NIGHT), broken)))
                .isInstanceOf(JournalException.class);

        assertThat(rows().openIncidents()).isEmpty();
        assertThat(rows().entries()).isEmpty();
        assertThat(rows().undelivered()).isEmpty();
    }

    /** After a restart it is not known any more that the target was taken over. */
    @Test
    void whyAStepWasDueStaysAsItWasFirstWritten() throws Exception {
        Step.Times times = Step.Times.patchedAt(NIGHT);
        write(stepped(step(Step.Due.TAKEN_OVER, times)), List.of());
        write(
                stepped(step(
                        Step.Due.EDGE,
                        times.withScheduled(NIGHT.minusSeconds(3600)).withHpa(Optional.of(NIGHT.plusSeconds(1))))),
                List.of());

        assertThat(journal.content(Set.of()).steps())
                .containsExactly(step(Step.Due.TAKEN_OVER, times.withHpa(Optional.of(NIGHT.plusSeconds(1)))));
    }

    @Test
    void promiseOfAStepIsReadBack() {
        Step.Times times = Step.Times.patchedAt(NIGHT);
        Step promising = step(Step.Due.EDGE, times).with(new Promise(Promise.Reach.HPA, NIGHT.plusSeconds(420)));
        write(stepped(promising), List.of());
        write(stepped(promising.with(new Promise(Promise.Reach.PODS, NIGHT))), List.of());

        assertThat(journal.content(Set.of()).steps())
                .as("the first promise stays")
                .containsExactly(promising);
    }

    /** Of 30 nights every fifth raise never came to its pods, and every night has a lowering too. */
    @Test
    void raisesOfATargetAreTheLastThatCameToTheirPods() {
        for (int night = 0; night < 30; night++) {
            Instant raised = NIGHT.plus(Duration.ofDays(night));
            Instant lowered = raised.plus(Duration.ofHours(3));
            Optional<Instant> ready = night % 5 == 0 ? Optional.empty() : Optional.of(raised.plusSeconds(100 + night));
            write(
                    stepped(step(Step.Due.EDGE, Step.Times.patchedAt(raised).withReady(ready))
                            .with(new Promise(Promise.Reach.PODS, raised))),
                    List.of());
            write(
                    stepped(step(
                                    Step.Due.EDGE,
                                    Step.Times.patchedAt(lowered).withReady(Optional.of(lowered.plusSeconds(1))))
                            .with(new Promise(Promise.Reach.HPA, lowered))),
                    List.of());
        }
        Target target = step(Step.Due.EDGE, Step.Times.patchedAt(NIGHT)).target();
        Target other = new Target("shop", "another");

        List<Duration> raises = Optional.ofNullable(
                        journal.raises(Map.of(target, NIGHT.plus(Duration.ofDays(28)), other, NIGHT), 20)
                                .get(target))
                .orElseThrow();

        assertThat(raises).hasSize(20).startsWith(Duration.ofSeconds(127), Duration.ofSeconds(126));
        assertThat(raises).contains(Duration.ofSeconds(124)).doesNotContain(Duration.ofSeconds(125));
        assertThat(journal.raises(Map.of(other, NIGHT), 20)).containsExactly(Map.entry(other, List.of()));
    }

    private static Step step(Step.Due due, Step.Times times) {
        return new Step(
                new Target("shop", "cart"),
                Optional.empty(),
                5,
                due,
                times,
                State.CONVERGED,
                Step.Change.commit("3f2c1ab").by("Dana"));
    }

    private static Report stepped(Step step) {
        return new Report(
                NIGHT,
                List.of(),
                List.of(),
                Report.Incidents.NONE,
                List.of(step),
                List.of(),
                Ledger.NONE,
                Optional.empty(),
                List.of(),
                Faults.NONE);
    }

    @Test
    void aFileThatIsNoJournalIsRejected() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(
                elsewhere.resolve("journal.db"), "not a database, and long enough to be looked at as one ".repeat(20));

        assertThatThrownBy(() -> new JournalFile(elsewhere, MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.db cannot be opened");
    }
}
