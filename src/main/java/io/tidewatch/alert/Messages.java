package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.AlertMessage.Moment;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What receivers read. The first line fits a lock screen; then since when, where and why, the numbers, the window, the
 * commit and its author, what was tried, and one command.
 */
public final class Messages {

    private Messages() {}

    /**
     * @param wanted absent where the target's schedule is gone
     * @param tried remedies, in the order tried
     */
    public static List<AlertMessage> opened(
            Incident incident,
            Optional<Diagnosis> diagnosis,
            Optional<Wanted> wanted,
            List<DiaryEntry> tried,
            List<String> receivers) {
        ZoneId zone = zone(wanted);
        List<String> lines = new ArrayList<>();
        lines.add(word(incident.severity()) + ", since " + Wording.when(incident.opened(), zone));
        lines.add(whatAndWhere(incident, diagnosis));
        diagnosis.ifPresent(found -> lines.add(numbers(found)));
        wanted.ifPresent(what -> lines.addAll(origin(what)));
        lines.add("tried: " + tried(tried, zone));
        lines.add("next: " + command(incident));
        String headline = Wording.headline(incident.target() + ": " + incident.summary());
        return forEach(receivers, incident, Moment.OPENED, headline, lines, incident.opened());
    }

    /** Says that it is over and how long it took. */
    public static List<AlertMessage> ended(
            Incident incident,
            Optional<Diagnosis> diagnosis,
            Optional<Wanted> wanted,
            List<DiaryEntry> tried,
            List<String> receivers,
            Instant now) {
        Instant end = incident.ended().orElse(now);
        ZoneId zone = zone(wanted);
        String lasted = Wording.lasting(Duration.between(incident.opened(), end));
        List<String> lines = new ArrayList<>();
        lines.add("from " + Wording.when(incident.opened(), zone) + " to " + Wording.when(end, zone));
        lines.add("it was: " + incident.state().word()
                + incident.cause().map(cause -> ", " + cause.word()).orElse(""));
        diagnosis.ifPresent(found -> lines.add(numbers(found)));
        wanted.ifPresent(what -> lines.addAll(origin(what)));
        lines.add("tried: " + tried(tried, zone));
        lines.add("look: " + command(incident));
        String headline = Wording.headline(incident.target() + ": over after " + lasted + ", " + incident.summary());
        return forEach(receivers, incident, Moment.ENDED, headline, lines, now);
    }

    /** One line for each status that a remedy cured and nobody was paged for; nothing happened: no message. */
    public static List<AlertMessage> digest(Alerting.Digest digest, Instant at, List<DiaryEntry> cured) {
        if (cured.isEmpty()) {
            return List.of();
        }
        String day = at.atZone(digest.timeZone()).toLocalDate().toString();
        String id = "digest@" + day;
        String headline = "digest " + day + ": " + cured.size() + " stale "
                + (cured.size() == 1 ? "status" : "statuses") + " cured by a remedy";
        List<String> lines = cured.stream()
                .map(entry -> Wording.line(Wording.when(entry.at(), digest.timeZone()) + "  "
                        + entry.target().map(target -> target + "  ").orElse("") + entry.text()))
                .toList();
        return digest.receivers().stream()
                .distinct()
                .map(receiver -> new AlertMessage(
                        id + "/" + receiver,
                        id,
                        receiver,
                        Moment.DIGEST,
                        Severity.INFO,
                        headline,
                        String.join("\n", lines),
                        at))
                .toList();
    }

    private static List<AlertMessage> forEach(
            List<String> receivers, Incident incident, Moment moment, String headline, List<String> lines, Instant at) {
        return receivers.stream()
                .map(receiver -> new AlertMessage(
                        incident.id() + "/" + moment.name().toLowerCase(Locale.ROOT) + "/" + receiver,
                        incident.id(),
                        receiver,
                        moment,
                        incident.severity(),
                        headline,
                        String.join("\n", lines),
                        at))
                .toList();
    }

    private static String whatAndWhere(Incident incident, Optional<Diagnosis> diagnosis) {
        String hop =
                diagnosis.flatMap(Diagnosis::hop).map(at -> " at " + at.word()).orElse("");
        String cause =
                incident.cause().map(Cause::word).map(word -> ": " + word).orElse("");
        String certain =
                diagnosis.map(found -> " (" + word(found.certainty()) + ")").orElse("");
        return incident.state().word() + hop + cause + (cause.isEmpty() ? "" : certain);
    }

    private static String numbers(Diagnosis found) {
        return "wanted " + said(found.wanted()) + "; live " + said(found.live()) + "; status claims "
                + said(found.claimed());
    }

    private static String said(OptionalInt wanted) {
        return wanted.isPresent() ? Integer.toString(wanted.getAsInt()) : "unknown";
    }

    private static String said(Optional<Counters> counters) {
        return counters.map(some -> some.availableReplicas() + " of " + some.replicas() + " available")
                .orElse("unknown");
    }

    private static List<String> origin(Wanted wanted) {
        ZoneId zone = wanted.schedule().timeZone();
        String window = wanted.window()
                .map(open -> "window " + open.name() + ", from " + Wording.when(open.start(), zone) + " to "
                        + Wording.when(open.end(), zone))
                .orElse("no window, the baseline counts");
        return List.of(
                window + " (schedule " + wanted.schedule().id() + ")",
                Wording.line("commit " + wanted.commit().shortId() + " of "
                        + wanted.commit().source() + " by " + wanted.commit().author() + ": "
                        + wanted.commit().subject()));
    }

    private static String tried(List<DiaryEntry> tried, ZoneId zone) {
        if (tried.isEmpty()) {
            return "nothing";
        }
        DiaryEntry last = tried.get(tried.size() - 1);
        String times = tried.size() == 1 ? "" : tried.size() + " remedies, the last: ";
        return Wording.line(times + last.text() + ", " + Wording.when(last.at(), zone));
    }

    private static String command(Incident incident) {
        return "./tidewatch diagnose " + incident.target().name() + " -n "
                + incident.target().namespace();
    }

    private static ZoneId zone(Optional<Wanted> wanted) {
        return wanted.map(what -> what.schedule().timeZone()).orElse(ZoneOffset.UTC);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
