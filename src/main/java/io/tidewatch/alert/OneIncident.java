package io.tidewatch.alert;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.report.Incident;
import io.tidewatch.text.IncidentText;
import io.tidewatch.text.PreflightText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** The lines of a message about one incident. */
final class OneIncident {

    private static final int UPGRADES = 3;

    private OneIncident() {}

    static String begins(IncidentContext context) {
        return context.incident().target() + ": " + context.incident().summary();
    }

    static List<String> beginning(IncidentContext context) {
        Incident incident = context.incident();
        if (incident.target().isTidewatch()) {
            return List.of(
                    word(incident.severity()) + ", since " + AlertText.when(incident.opened(), context.zone()),
                    AlertText.line(incident.summary()),
                    "next: " + AlertText.STATUS);
        }
        List<String> lines = new ArrayList<>();
        lines.add(word(incident.severity()) + ", since " + AlertText.when(incident.opened(), context.zone())
                + began(context));
        lines.add(whatAndWhere(incident, context.diagnosis()));
        lines.addAll(incident.isOfPreflight() ? found(context) : whole(context));
        lines.addAll(hops(context));
        lines.addAll(origin(context));
        if (!incident.isOfPreflight()) {
            lines.add(RemedySummary.line(context));
            lines.addAll(upgrades(List.of(context)));
        }
        lines.add("next: " + (incident.isOfPreflight() ? AlertText.PLAN : command(context)));
        return lines;
    }

    /** The versions that end what explains the incidents. */
    static List<String> upgrades(List<IncidentContext> contexts) {
        return contexts.stream()
                .flatMap(context -> context.diagnosis().stream())
                .flatMap(found -> found.explaining().stream())
                .map(Advisory::advice)
                .distinct()
                .limit(UPGRADES)
                .map(advice -> AlertText.line("to end it for good: " + advice))
                .toList();
    }

    /** The raise, and what the preflight found. */
    private static List<String> found(IncidentContext context) {
        return context.preflight()
                .map(preflight -> Stream.of(
                                Stream.of(PreflightText.raise(preflight.raise(), context.zone())),
                                preflight.findings().stream().map(PreflightText::toDo),
                                preflight.advisories().stream().map(PreflightText::known))
                        .flatMap(Function.identity())
                        .map(AlertText::line)
                        .toList())
                .orElse(List.of());
    }

    /** The summary, where the first line cuts it off: its end may name the setting that fixes the problem. */
    private static List<String> whole(IncidentContext context) {
        return begins(context).length() > AlertText.LOCK_SCREEN
                ? List.of(AlertText.line(context.incident().summary()))
                : List.of();
    }

    /** When the problem began, which is before its incident: that opens only when the time of a step has passed. */
    private static String began(IncidentContext context) {
        Optional<Progress> progress = context.diagnosis().map(Diagnosis::progress);
        return switch (context.incident().state()) {
            case AVAILABILITY_LAG ->
                since("too few pods", progress.flatMap(found -> found.shortage().podsSince()), context);
            case STALE_STATUS ->
                since("status wrong", progress.flatMap(found -> found.shortage().disagreesSince()), context);
            default -> "";
        };
    }

    private static String since(String what, Optional<Instant> began, IncidentContext context) {
        return began.map(at -> "; " + what + " since " + AlertText.time(at, context.zone()))
                .orElse("");
    }

    static String ends(IncidentContext context, Instant now) {
        return context.incident().target() + ": " + endedAfter(context.incident(), now) + ", "
                + context.incident().summary();
    }

    static List<String> ending(IncidentContext context, Instant now) {
        Incident incident = context.incident();
        Instant end = incident.ended().orElse(now);
        String lasted = "from " + AlertText.when(incident.opened(), context.zone()) + " to "
                + AlertText.when(end, context.zone());
        if (incident.target().isTidewatch()) {
            return List.of(
                    lasted, "was: a problem of Tidewatch itself, " + who(incident), "details: " + AlertText.STATUS);
        }
        List<String> lines = new ArrayList<>();
        lines.add(lasted);
        lines.add("was: " + what(incident));
        lines.addAll(hops(context));
        lines.addAll(origin(context));
        if (!context.tried().isEmpty()) {
            lines.add(RemedySummary.line(context));
        }
        lines.add("details: " + AlertText.history(incident.target()));
        return lines;
    }

    /** A warning ahead of a raise ends; only trouble is resolved. */
    static String endedAfter(Incident incident, Instant now) {
        return incident.isOfPreflight()
                ? PreflightText.endedAfter(lasted(incident, now))
                : IncidentText.resolvedAfter(lasted(incident, now));
    }

    static String lasted(Incident incident, Instant now) {
        return Durations.roughly(
                Duration.between(incident.opened(), incident.ended().orElse(now)));
    }

    /** State and cause in the words of scripts and documentation. */
    static String what(Incident incident) {
        return incident.word()
                + incident.cause().map(Cause::word).map(word -> ": " + word).orElse("");
    }

    /** The cause, or the state where none is known. */
    static String shortly(Incident incident) {
        return incident.isOfPreflight()
                ? what(incident)
                : incident.cause().map(Cause::word).orElse(incident.state().word());
    }

    static String whatAndWhere(Incident incident, Optional<Diagnosis> diagnosis) {
        if (incident.isOfPreflight()) {
            return what(incident);
        }
        String hop =
                diagnosis.flatMap(Diagnosis::hop).map(at -> " at " + at.word()).orElse("");
        String cause =
                incident.cause().map(Cause::word).map(word -> ": " + word).orElse("");
        String certain =
                diagnosis.map(found -> " (" + word(found.certainty()) + ")").orElse("");
        return incident.state().word() + hop + cause + (cause.isEmpty() ? "" : certain);
    }

    /** The hops; if the objects were not observed, the counters of the diagnosis. */
    static List<String> hops(IncidentContext context) {
        if (context.diagnosis().isEmpty()) {
            return List.of();
        }
        Diagnosis found = context.diagnosis().get();
        return context.seen().map(seen -> Hops.of(seen, found)).orElseGet(() -> List.of(numbers(found)));
    }

    private static String numbers(Diagnosis found) {
        return "desired " + text(found.desired()) + "; live " + text(found.live()) + "; status claims "
                + text(found.claimed());
    }

    private static String text(OptionalInt desired) {
        return desired.isPresent() ? Integer.toString(desired.getAsInt()) : "unknown";
    }

    private static String text(Optional<Counters> counters) {
        return counters.map(some -> some.availableReplicas() + " of " + some.replicas() + " available")
                .orElse("unknown");
    }

    private static List<String> origin(IncidentContext context) {
        return context.desired()
                .map(desired -> List.of(
                        window(desired, context.incident()) + " (schedule "
                                + desired.schedule().id() + ")",
                        commit(desired.commit())))
                .orElse(List.of());
    }

    /** The window that counts, and that the window of the incident has ended where the incident has outlived it. */
    private static String window(DesiredBounds desired, Incident incident) {
        ZoneId zone = desired.schedule().timeZone();
        Optional<String> outlived =
                incident.window().filter(name -> !incident.isOfPreflight() && hasEnded(name, desired, incident));
        return desired.window()
                .map(open -> "window " + open.name() + ", from " + AlertText.when(open.start(), zone) + " to "
                        + AlertText.when(open.end(), zone)
                        + outlived.map(name -> "; the window of the incident, " + name + ", has ended")
                                .orElse(""))
                .orElseGet(() -> baseline(outlived, desired, zone));
    }

    private static String baseline(Optional<String> outlived, DesiredBounds desired, ZoneId zone) {
        if (desired.since().isEmpty()) {
            return outlived.map(name -> "the window " + name + " has ended").orElse("no window open")
                    + ", the baseline is in force";
        }
        return "the window" + outlived.map(name -> " " + name).orElse("")
                + " has ended, the baseline is in force since "
                + AlertText.when(desired.since().get(), zone);
    }

    /** Tomorrow's window has the name of today's. */
    private static boolean hasEnded(String window, DesiredBounds desired, Incident incident) {
        boolean isAnother =
                desired.window().filter(open -> open.name().equals(window)).isEmpty();
        return isAnother || desired.since().filter(incident.opened()::isBefore).isPresent();
    }

    static String commit(Commit commit) {
        return AlertText.line("commit " + commit.shortId() + " by " + commit.author() + " in source " + commit.source()
                + ": " + commit.subject());
    }

    private static String command(IncidentContext context) {
        OptionalInt desired = context.desired()
                .map(what -> OptionalInt.of(what.bounds().min()))
                .orElse(OptionalInt.empty());
        return AlertText.diagnose(context.incident().target().name() + " -n "
                + context.incident().target().namespace()
                + (desired.isPresent() ? " --wanted " + desired.getAsInt() : ""));
    }

    /** The subject of an incident in a message about several: {@code shop/cart}, {@code source shop}. */
    static String who(Incident incident) {
        return incident.target().isTidewatch()
                ? incident.target().name().replace('/', ' ')
                : incident.target().toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
