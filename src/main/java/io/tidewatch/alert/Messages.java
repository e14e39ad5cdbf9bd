package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.AlertMessage.Moment;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Hop;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Report;
import io.tidewatch.model.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds messages: first the line that fits a lock screen, then since when, where, the numbers, the commit and its
 * author, and one command.
 */
public final class Messages {

    private static final int LOCK_SCREEN = 110;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private Messages() {}

    /** One message for each receiver of each incident that began or ended. */
    public static List<AlertMessage> of(Pass pass, Report report, Alerting alerting) {
        return Stream.concat(
                        report.opened().stream()
                                .flatMap(incident -> toAll(incident, alerting, Moment.OPENED, pass, incident.opened())),
                        report.ended().stream()
                                .flatMap(incident -> toAll(
                                        incident,
                                        alerting,
                                        Moment.ENDED,
                                        pass,
                                        incident.ended().orElse(report.at()))))
                .toList();
    }

    private static Stream<AlertMessage> toAll(
            Incident incident, Alerting alerting, Moment moment, Pass pass, Instant at) {
        String headline = bounded(headline(incident, moment));
        String body = body(incident, moment, pass);
        return Routing.receivers(incident, alerting).stream()
                .map(receiver -> new AlertMessage(
                        incident.id() + "/" + moment + "/" + receiver,
                        incident.id(),
                        receiver,
                        moment,
                        incident.severity(),
                        headline,
                        body,
                        at));
    }

    private static String headline(Incident incident, Moment moment) {
        String over = moment == Moment.ENDED ? "over: " : "";
        return incident.target() + ": " + over + incident.summary();
    }

    private static String body(Incident incident, Moment moment, Pass pass) {
        Optional<Wanted> wanted = Optional.ofNullable(pass.agenda().wanted().get(incident.target()));
        Optional<Diagnosis> diagnosis = pass.diagnoses().of(incident.target());
        ZoneId zone = wanted.map(w -> w.schedule().timeZone()).orElse(ZoneId.of("UTC"));
        List<String> lines = new ArrayList<>();
        lines.add(since(incident, moment, zone));
        lines.add("State    " + incident.state().word()
                + diagnosis
                        .flatMap(Diagnosis::hop)
                        .map(Hop::word)
                        .map(hop -> " at " + hop)
                        .orElse("")
                + incident.cause()
                        .map(Cause::word)
                        .map(cause -> ", cause " + cause)
                        .orElse(""));
        lines.add("Numbers  " + numbers(wanted, diagnosis));
        wanted.ifPresent(w -> lines.add("Window   "
                + w.window().map(Wanted.OpenWindow::name).orElse("none, the baseline counts") + " (schedule "
                + w.schedule().id() + ")"));
        wanted.ifPresent(w -> lines.add("Commit   " + w.commit().shortId() + " by "
                + w.commit().author() + ": " + w.commit().subject()));
        lines.add("Tried    " + (pass.outcomes().isEmpty() ? "nothing in this state" : "see the diary"));
        lines.add("");
        lines.add("./tidewatch diagnose " + incident.target().name() + " -n "
                + incident.target().namespace());
        return String.join("\n", lines);
    }

    private static String since(Incident incident, Moment moment, ZoneId zone) {
        String opened = TIME.format(incident.opened().atZone(zone));
        if (moment == Moment.OPENED) {
            return "Since    " + opened;
        }
        Instant ended = incident.ended().orElse(incident.opened());
        Duration length = Duration.between(incident.opened(), ended);
        return "Over     " + TIME.format(ended.atZone(zone)) + ", after " + length.toMinutes() + " min "
                + length.toSecondsPart() + " s (since " + opened + ")";
    }

    private static String numbers(Optional<Wanted> wanted, Optional<Diagnosis> diagnosis) {
        String minimum = wanted.map(w -> Integer.toString(w.bounds().min())).orElse("unknown");
        String live = diagnosis.flatMap(Diagnosis::live).map(Messages::words).orElse("unknown");
        String claimed =
                diagnosis.flatMap(Diagnosis::claimed).map(Messages::words).orElse("nothing");
        return "minimum " + minimum + "; live " + live + "; Rollout.status says " + claimed;
    }

    private static String words(Counters counters) {
        return counters.availableReplicas() + " of " + counters.replicas() + " available";
    }

    private static String bounded(String text) {
        return text.length() <= LOCK_SCREEN ? text : text.substring(0, LOCK_SCREEN - 1) + "…";
    }
}
