package io.tidewatch.alert;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Severity;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Incident;
import io.tidewatch.text.IncidentText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lines of a message about incidents that opened together for one cause: what they share, then each with its numbers. */
final class SeveralIncidents {

    /** On a lock screen. */
    private static final int NAMED = 3;

    /** With their hops; of further ones only the names. */
    private static final int TOLD = 20;

    /** The most names in the list of further ones. */
    private static final int LISTED = 200;

    private static final int COMMITS = 3;

    private SeveralIncidents() {}

    static String begins(List<IncidentContext> scenes) {
        return who(scenes) + ": " + shortly(scenes.get(0).incident()) + numbers(scenes);
    }

    static List<String> beginning(List<IncidentContext> scenes) {
        IncidentContext first = scenes.get(0);
        List<String> lines = new ArrayList<>();
        lines.add(OneIncident.word(loudest(scenes)) + ", since "
                + AlertText.when(first.incident().opened(), zone(scenes)) + ", " + scenes.size()
                + (ofTidewatch(scenes) ? " problems of Tidewatch itself" : " targets with one cause"));
        if (!ofTidewatch(scenes)) {
            lines.add(OneIncident.whatAndWhere(first.incident(), first.diagnosis()));
        }
        lines.addAll(each(
                scenes,
                scene -> OneIncident.who(scene.incident()) + ": "
                        + AlertText.line(scene.incident().summary())));
        lines.addAll(commits(scenes));
        if (!ofTidewatch(scenes)) {
            lines.addAll(tried(scenes));
        }
        lines.add("one message follows when all of them are resolved");
        lines.add("next: " + command(scenes));
        return lines;
    }

    static String ends(List<IncidentContext> scenes) {
        return who(scenes) + ": "
                + IncidentText.resolvedAfter(Durations.roughly(Duration.between(began(scenes), end(scenes)))) + ", was "
                + shortly(scenes.get(0).incident());
    }

    static List<String> ending(List<IncidentContext> scenes, Instant now) {
        ZoneId zone = zone(scenes);
        List<String> lines = new ArrayList<>();
        lines.add("from " + AlertText.when(began(scenes), zone) + " to " + AlertText.when(end(scenes), zone));
        lines.add("was: "
                + (ofTidewatch(scenes)
                        ? scenes.size() + " problems of Tidewatch itself"
                        : OneIncident.what(scenes.get(0).incident()) + ", " + scenes.size() + " targets"));
        lines.addAll(each(
                scenes,
                scene -> scene.incident().target() + ": "
                        + IncidentText.resolvedAfter(OneIncident.lasted(scene.incident(), now)) + ", "
                        + AlertText.line(scene.incident().summary())));
        lines.addAll(commits(scenes));
        lines.addAll(triedFor(scenes));
        lines.add("details: " + command(scenes));
        return lines;
    }

    private static String who(List<IncidentContext> scenes) {
        String named = scenes.stream()
                .limit(NAMED)
                .map(scene -> OneIncident.who(scene.incident()))
                .collect(Collectors.joining(", "));
        String whose = ofTidewatch(scenes) ? scenes.get(0).incident().target() + ": " + named : named;
        return scenes.size() > NAMED ? whose + " and " + (scenes.size() - NAMED) + " more" : whose;
    }

    private static String shortly(Incident incident) {
        if (incident.target().isTidewatch()) {
            return incident.summary();
        }
        return incident.cause().map(Cause::word).orElse(incident.state().word());
    }

    private static String numbers(List<IncidentContext> scenes) {
        boolean counted = scenes.stream()
                .allMatch(scene -> scene.desired().isPresent() && live(scene).isPresent());
        if (!counted) {
            return "";
        }
        int available = scenes.stream()
                .mapToInt(scene -> live(scene).orElse(Counters.ZERO).availableReplicas())
                .sum();
        int desired = scenes.stream()
                .flatMap(scene -> scene.desired().stream())
                .mapToInt(what -> what.bounds().min())
                .sum();
        return ", " + available + " of " + desired + " available";
    }

    private static Optional<Counters> live(IncidentContext scene) {
        return scene.diagnosis().flatMap(Diagnosis::live);
    }

    /** A line for each incident with its hops below; of those that are too many for a message, the names. */
    private static List<String> each(List<IncidentContext> scenes, Function<IncidentContext, String> says) {
        List<String> lines = new ArrayList<>();
        for (IncidentContext scene : scenes.subList(0, Math.min(TOLD, scenes.size()))) {
            lines.add(says.apply(scene));
            List<String> hops = OneIncident.hops(scene);
            if (!hops.isEmpty()) {
                lines.add("    " + String.join("; ", hops));
            }
        }
        if (scenes.size() > TOLD) {
            lines.add("and " + (scenes.size() - TOLD) + " more: "
                    + scenes.stream()
                            .skip(TOLD)
                            .limit(LISTED)
                            .map(scene -> OneIncident.who(scene.incident()))
                            .collect(Collectors.joining(", "))
                    + (scenes.size() > TOLD + LISTED ? ", …" : ""));
        }
        return lines;
    }

    private static List<String> commits(List<IncidentContext> scenes) {
        List<String> all = distinct(
                scenes,
                scene -> scene.desired().map(what -> OneIncident.commit(what.commit())).stream()
                        .toList());
        if (all.size() <= COMMITS) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, COMMITS));
        some.add("and " + (all.size() - COMMITS) + " more commits");
        return some;
    }

    private static List<String> tried(List<IncidentContext> scenes) {
        List<IncidentContext> untried =
                scenes.stream().filter(scene -> scene.tried().isEmpty()).toList();
        List<String> lines = new ArrayList<>(triedFor(scenes));
        lines.addAll(distinct(untried, scene -> List.of(RemedySummary.line(scene))));
        return lines;
    }

    private static List<String> triedFor(List<IncidentContext> scenes) {
        return scenes.stream()
                .filter(scene -> !scene.tried().isEmpty())
                .limit(TOLD)
                .map(scene -> scene.incident().target() + " " + RemedySummary.line(scene))
                .toList();
    }

    private static List<String> distinct(List<IncidentContext> scenes, Function<IncidentContext, List<String>> of) {
        return scenes.stream()
                .flatMap(scene -> of.apply(scene).stream())
                .distinct()
                .toList();
    }

    private static boolean ofTidewatch(List<IncidentContext> scenes) {
        return scenes.get(0).incident().target().isTidewatch();
    }

    private static String command(List<IncidentContext> scenes) {
        if (ofTidewatch(scenes)) {
            return AlertText.STATUS;
        }
        TreeSet<String> namespaces = scenes.stream()
                .map(scene -> scene.incident().target().namespace())
                .collect(Collectors.toCollection(TreeSet::new));
        return AlertText.diagnose(namespaces.size() == 1 ? "-n " + namespaces.first() : "");
    }

    private static Severity loudest(List<IncidentContext> scenes) {
        return scenes.stream()
                .map(scene -> scene.incident().severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    private static ZoneId zone(List<IncidentContext> scenes) {
        return scenes.get(0).zone();
    }

    private static Instant began(List<IncidentContext> scenes) {
        return scenes.get(0).incident().opened();
    }

    private static Instant end(List<IncidentContext> scenes) {
        return scenes.stream()
                .flatMap(scene -> scene.incident().ended().stream())
                .max(Comparator.naturalOrder())
                .orElse(began(scenes));
    }
}
