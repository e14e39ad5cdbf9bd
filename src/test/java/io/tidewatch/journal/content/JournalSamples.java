package io.tidewatch.journal.content;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Incidents, messages, lines and reports of one night, for tests of the journal. */
public final class JournalSamples {

    public static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00.123456789Z");
    public static final Target CART = new Target("shop", "cart");

    private JournalSamples() {}

    public static Incident incident(String id, Optional<Instant> ended) {
        return new Incident(
                id,
                CART,
                Optional.of("midnight-peak"),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.UNSCHEDULABLE),
                Severity.CRITICAL,
                List.of("payments-slack", "oncall-mail"),
                NIGHT,
                ended,
                "5 of 7 available, 2 pods unschedulable");
    }

    public static AlertMessage message(String incident, String receiver, Moment moment, Instant at) {
        return message(List.of(incident), receiver, moment, at, "shop/cart: 5 of 7 available");
    }

    /** A message about several incidents; the first incident gives the message its id. */
    public static AlertMessage message(
            List<String> incidents, String receiver, Moment moment, Instant at, String headline) {
        return new AlertMessage(
                Envelope.id(incidents.get(0) + "/" + moment + "/" + receiver)
                        .of(incidents.get(0))
                        .to(receiver),
                incidents,
                moment,
                Severity.CRITICAL,
                Text.headline(headline).body("Since 22:30\n<&> 'quoted' ü"),
                Times.at(at));
    }

    /** A report with nothing but a diagnosis of {@link #CART} to keep. */
    public static Report diagnosed(State state, Instant at) {
        PastDiagnosis made = new PastDiagnosis(
                CART,
                at,
                Optional.of(at.minusSeconds(60)),
                state,
                Optional.of(Hop.POD),
                state.isProblem() ? Optional.of(Cause.UNSCHEDULABLE) : Optional.empty(),
                Diagnosis.Certainty.CERTAIN,
                OptionalInt.of(7),
                "5 of 7 available",
                state.isProblem()
                        ? List.of(
                                new Evidence("Pod cart-1", "status.phase", "Pending"),
                                new Evidence("Pod cart-2", "status.phase", ""))
                        : List.of(),
                new Picture(
                        List.of(
                                new HopRow("HPA", "7", "7", Optional.of("7"), "ok", Optional.empty()),
                                new HopRow("Pod", "7", "5", Optional.empty(), "late", Optional.of(NIGHT))),
                        List.of(new Claim("Argo Rollouts", "Progressing")),
                        "kubectl get pods -o wide -n shop"));
        return Report.of(at, List.of()).keeping(List.of(made), Ledger.NONE);
    }

    /** The first changes of a process. */
    public static List<NumberedChange> numbered(Change... changes) {
        return IntStream.range(0, changes.length)
                .mapToObj(i -> new NumberedChange(i + 1, changes[i]))
                .toList();
    }

    public static DiaryEntry line(Instant at, String text) {
        return new DiaryEntry(at, Optional.of(CART), "available", text);
    }

    public static Report opened(Incident incident, DiaryEntry... diary) {
        return Report.of(NIGHT, List.of(diary)).with(Report.Incidents.opened(List.of(incident)));
    }

    public static Report stepped(Step step) {
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

    public static Report ended(Incident incident) {
        return Report.of(NIGHT, List.of()).with(Report.Incidents.ended(List.of(incident)));
    }
}
