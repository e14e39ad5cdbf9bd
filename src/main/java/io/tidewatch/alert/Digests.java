package io.tidewatch.alert;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The daily digest: the stale statuses that a remedy cured without an incident. */
public final class Digests {

    private Digests() {}

    /**
     * One line for each cured status, at most {@link Limits#DIGEST_LINES}. No message if there is none.
     */
    public static List<AlertMessage> of(Alerting.Digest digest, Instant at, List<DiaryEntry> cured) {
        if (cured.isEmpty()) {
            return List.of();
        }
        String day = at.atZone(digest.timeZone()).toLocalDate().toString();
        String id = "digest@" + day;
        String headline = "digest " + day + ": " + cured.size() + " stale "
                + (cured.size() == 1 ? "status" : "statuses") + " cured by a remedy";
        List<String> lines = new ArrayList<>();
        cured.stream()
                .limit(Limits.DIGEST_LINES)
                .map(entry -> AlertText.line(AlertText.when(entry.at(), digest.timeZone()) + " "
                        + entry.target().map(target -> target + " ").orElse("") + entry.text()))
                .forEach(lines::add);
        int more = cured.size() - Limits.DIGEST_LINES;
        if (more > 0) {
            lines.add("and " + more + " more");
        }
        return digest.receivers().stream()
                .distinct()
                .map(receiver -> new AlertMessage(
                        Envelope.id(id + "/" + receiver).of(id).to(receiver),
                        List.of(),
                        Moment.DIGEST,
                        Severity.INFO,
                        Text.headline(headline).body(String.join("\n", lines)),
                        Times.at(at)))
                .toList();
    }
}
