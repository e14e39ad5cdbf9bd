package io.tidewatch.alert;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Diagnosis.Progress;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The words for an incident that nothing else came with. */
final class OneIncident {

    private OneIncident() {}

    static String begins(Scene scene) {
        return scene.incident().target() + ": " + scene.incident().summary();
    }

    static List<String> beginning(Scene scene) {
        Incident incident = scene.incident();
        if (incident.target().isTidewatch()) {
            return List.of(
                    word(incident.severity()) + ", since " + Wording.when(incident.opened(), scene.zone()),
                    Wording.line(incident.summary()),
                    "next: " + Wording.STATUS);
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                word(incident.severity()) + ", since " + Wording.when(incident.opened(), scene.zone()) + began(scene));
        lines.add(whatAndWhere(incident, scene.diagnosis()));
        lines.addAll(hops(scene));
        lines.addAll(origin(scene));
        lines.add(Tried.line(scene));
        lines.add("next: " + command(scene));
        return lines;
    }

    /** The trouble is older than the incident: a step has its time first. */
    private static String began(Scene scene) {
        Optional<Progress> progress = scene.diagnosis().map(Diagnosis::progress);
        return switch (scene.incident().state()) {
            case AVAILABILITY_LAG -> since("too few pods", progress.flatMap(Progress::lackSince), scene);
            case STALE_STATUS -> since("the status is wrong", progress.flatMap(Progress::disagreeSince), scene);
            default -> "";
        };
    }

    private static String since(String what, Optional<Instant> began, Scene scene) {
        return began.map(at -> "; " + what + " since " + Wording.time(at, scene.zone()))
                .orElse("");
    }

    static String ends(Scene scene, Instant now) {
        return scene.incident().target() + ": over after " + lasted(scene.incident(), now) + ", "
                + scene.incident().summary();
    }

    static List<String> ending(Scene scene, Instant now) {
        Incident incident = scene.incident();
        Instant end = incident.ended().orElse(now);
        String lasted =
                "from " + Wording.when(incident.opened(), scene.zone()) + " to " + Wording.when(end, scene.zone());
        if (incident.target().isTidewatch()) {
            return List.of(lasted, "it was: trouble of Tidewatch itself, " + who(incident), "look: " + Wording.STATUS);
        }
        List<String> lines = new ArrayList<>();
        lines.add(lasted);
        lines.add("it was: " + what(incident));
        lines.addAll(hops(scene));
        lines.addAll(origin(scene));
        if (!scene.tried().isEmpty()) {
            lines.add(Tried.line(scene));
        }
        lines.add("look: " + command(scene));
        return lines;
    }

    static String lasted(Incident incident, Instant now) {
        return Wording.lasting(
                Duration.between(incident.opened(), incident.ended().orElse(now)));
    }

    /** State and cause in the words that scripts and documentation use. */
    static String what(Incident incident) {
        return incident.state().word()
                + incident.cause().map(Cause::word).map(word -> ": " + word).orElse("");
    }

    static String whatAndWhere(Incident incident, Optional<Diagnosis> diagnosis) {
        String hop =
                diagnosis.flatMap(Diagnosis::hop).map(at -> " at " + at.word()).orElse("");
        String cause =
                incident.cause().map(Cause::word).map(word -> ": " + word).orElse("");
        String certain =
                diagnosis.map(found -> " (" + word(found.certainty()) + ")").orElse("");
        return incident.state().word() + hop + cause + (cause.isEmpty() ? "" : certain);
    }

    /** The hops where the objects could be seen, else what the diagnosis counted. */
    static List<String> hops(Scene scene) {
        if (scene.diagnosis().isEmpty()) {
            return List.of();
        }
        Diagnosis found = scene.diagnosis().get();
        return scene.seen().map(seen -> Hops.of(seen, found)).orElseGet(() -> List.of(numbers(found)));
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

    private static List<String> origin(Scene scene) {
        return scene.wanted()
                .map(wanted -> List.of(
                        window(wanted) + " (schedule " + wanted.schedule().id() + ")", commit(wanted.commit())))
                .orElse(List.of());
    }

    static String window(Wanted wanted) {
        ZoneId zone = wanted.schedule().timeZone();
        return wanted.window()
                .map(open -> "window " + open.name() + ", from " + Wording.when(open.start(), zone) + " to "
                        + Wording.when(open.end(), zone))
                .orElse("no window, the baseline counts");
    }

    static String commit(Commit commit) {
        return Wording.line("commit " + commit.shortId() + " of " + commit.source() + " by " + commit.author() + ": "
                + commit.subject());
    }

    private static String command(Scene scene) {
        OptionalInt wanted =
                scene.wanted().map(what -> OptionalInt.of(what.bounds().min())).orElse(OptionalInt.empty());
        return Wording.diagnose(scene.incident().target().name() + " -n "
                + scene.incident().target().namespace()
                + (wanted.isPresent() ? " --wanted " + wanted.getAsInt() : ""));
    }

    /** Whose incident it is where several are told together: {@code shop/cart}, {@code source shop}. */
    static String who(Incident incident) {
        return incident.target().isTidewatch()
                ? incident.target().name().replace('/', ' ')
                : incident.target().toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
