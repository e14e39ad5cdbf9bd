package io.tidewatch.alert;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Severity;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Incident;
import io.tidewatch.text.FixText;
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

/**
 * The lines of a message about incidents that opened together for one cause: what they share, then a line for each that a phone
 * shows. The hops of one target are shown by the command at the end.
 */
final class SeveralIncidents {

    /** How many names the first line has, which a lock screen shows. */
    private static final int NAMED = 3;

    /** With a line of their own; of further incidents only the names. */
    private static final int SHOWN = 20;

    /** The most names in the list of further incidents. */
    private static final int LISTED = 200;

    private static final int COMMITS = 3;
    private static final int FIXES = 3;

    private SeveralIncidents() {}

    static String begins(List<IncidentContext> contexts) {
        return who(contexts) + ": " + shortly(contexts.get(0).incident()) + numbers(contexts);
    }

    static List<String> beginning(List<IncidentContext> contexts) {
        IncidentContext first = contexts.get(0);
        List<String> lines = new ArrayList<>();
        lines.add(OneIncident.word(worst(contexts)) + ", since "
                + AlertText.when(first.incident().opened(), zone(contexts)) + ", " + contexts.size()
                + (ofTidewatch(contexts) ? " problems of Tidewatch itself" : " targets with one cause"));
        if (!ofTidewatch(contexts)) {
            lines.add(OneIncident.whatAndWhere(first.incident(), first.diagnosis()));
        }
        lines.addAll(each(
                contexts,
                context -> OneIncident.who(context.incident())
                        + context.diagnosis()
                                .flatMap(Diagnosis::hop)
                                .map(hop -> " at " + hop.word())
                                .orElse("")
                        + ": " + context.incident().summary()));
        lines.addAll(fixes(contexts));
        lines.addAll(commits(contexts));
        if (!ofTidewatch(contexts) && !first.incident().isOfPreflight()) {
            lines.addAll(tried(contexts));
            lines.addAll(OneIncident.upgrades(contexts));
        }
        lines.add("one message follows when all of them are resolved");
        lines.add("next: " + command(contexts));
        return lines;
    }

    /** The settings that fix the problems, which the line of each incident cuts off. */
    private static List<String> fixes(List<IncidentContext> contexts) {
        return contexts.stream()
                .flatMap(context -> FixText.in(context.incident().summary()).stream())
                .distinct()
                .limit(FIXES)
                .map(AlertText::line)
                .toList();
    }

    static String ends(List<IncidentContext> contexts) {
        return who(contexts) + ": "
                + IncidentText.resolvedAfter(Durations.roughly(Duration.between(began(contexts), end(contexts))))
                + ", was "
                + shortly(contexts.get(0).incident());
    }

    static List<String> ending(List<IncidentContext> contexts, Instant now) {
        ZoneId zone = zone(contexts);
        List<String> lines = new ArrayList<>();
        lines.add("from " + AlertText.when(began(contexts), zone) + " to " + AlertText.when(end(contexts), zone));
        lines.add("was: "
                + (ofTidewatch(contexts)
                        ? contexts.size() + " problems of Tidewatch itself"
                        : OneIncident.what(contexts.get(0).incident()) + ", " + contexts.size() + " targets"));
        lines.addAll(each(
                contexts,
                context -> context.incident().target() + ": "
                        + OneIncident.endedAfter(context.incident(), now) + ", "
                        + context.incident().summary()));
        lines.addAll(commits(contexts));
        lines.addAll(triedFor(contexts));
        lines.add("details: " + (ofTidewatch(contexts) ? AlertText.STATUS : AlertText.HISTORY));
        return lines;
    }

    private static String who(List<IncidentContext> contexts) {
        String named = contexts.stream()
                .limit(NAMED)
                .map(context -> OneIncident.who(context.incident()))
                .collect(Collectors.joining(", "));
        String whose = ofTidewatch(contexts) ? contexts.get(0).incident().target() + ": " + named : named;
        return contexts.size() > NAMED ? whose + " and " + (contexts.size() - NAMED) + " more" : whose;
    }

    private static String shortly(Incident incident) {
        if (incident.target().isTidewatch()) {
            return incident.summary();
        }
        return OneIncident.shortly(incident);
    }

    private static String numbers(List<IncidentContext> contexts) {
        boolean counted = contexts.stream()
                .allMatch(context -> !context.incident().isOfPreflight()
                        && context.desired().isPresent()
                        && live(context).isPresent());
        if (!counted) {
            return "";
        }
        int available = contexts.stream()
                .mapToInt(context -> live(context).orElse(Counters.ZERO).availableReplicas())
                .sum();
        int desired = contexts.stream()
                .flatMap(context -> context.desired().stream())
                .mapToInt(what -> what.bounds().min())
                .sum();
        return ", " + available + " of " + desired + " available";
    }

    private static Optional<Counters> live(IncidentContext context) {
        return context.diagnosis().flatMap(Diagnosis::live);
    }

    /** A line for each incident; of those that are too many for a message, the names. */
    private static List<String> each(List<IncidentContext> contexts, Function<IncidentContext, String> line) {
        List<String> lines = new ArrayList<>();
        contexts.stream().limit(SHOWN).map(line).map(AlertText::headline).forEach(lines::add);
        if (contexts.size() > SHOWN) {
            lines.add("and " + (contexts.size() - SHOWN) + " more: "
                    + contexts.stream()
                            .skip(SHOWN)
                            .limit(LISTED)
                            .map(context -> OneIncident.who(context.incident()))
                            .collect(Collectors.joining(", "))
                    + (contexts.size() > SHOWN + LISTED ? ", …" : ""));
        }
        return lines;
    }

    private static List<String> commits(List<IncidentContext> contexts) {
        List<String> all = distinct(
                contexts,
                context -> context.desired().map(what -> OneIncident.commit(what.commit())).stream()
                        .toList());
        if (all.size() <= COMMITS) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, COMMITS));
        some.add("and " + (all.size() - COMMITS) + " more commits");
        return some;
    }

    private static List<String> tried(List<IncidentContext> contexts) {
        List<IncidentContext> untried =
                contexts.stream().filter(context -> context.tried().isEmpty()).toList();
        List<String> lines = new ArrayList<>(triedFor(contexts));
        lines.addAll(distinct(untried, context -> List.of(RemedySummary.line(context))));
        return lines;
    }

    private static List<String> triedFor(List<IncidentContext> contexts) {
        return contexts.stream()
                .filter(context -> !context.tried().isEmpty())
                .limit(SHOWN)
                .map(context -> context.incident().target() + " " + RemedySummary.line(context))
                .toList();
    }

    private static List<String> distinct(List<IncidentContext> contexts, Function<IncidentContext, List<String>> of) {
        return contexts.stream()
                .flatMap(context -> of.apply(context).stream())
                .distinct()
                .toList();
    }

    private static boolean ofTidewatch(List<IncidentContext> contexts) {
        return contexts.get(0).incident().target().isTidewatch();
    }

    private static String command(List<IncidentContext> contexts) {
        if (ofTidewatch(contexts)) {
            return AlertText.STATUS;
        }
        if (contexts.get(0).incident().isOfPreflight()) {
            return AlertText.PLAN;
        }
        TreeSet<String> namespaces = contexts.stream()
                .map(context -> context.incident().target().namespace())
                .collect(Collectors.toCollection(TreeSet::new));
        return AlertText.diagnose(namespaces.size() == 1 ? "-n " + namespaces.first() : "");
    }

    private static Severity worst(List<IncidentContext> contexts) {
        return contexts.stream()
                .map(context -> context.incident().severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    private static ZoneId zone(List<IncidentContext> contexts) {
        return contexts.get(0).zone();
    }

    private static Instant began(List<IncidentContext> contexts) {
        return contexts.get(0).incident().opened();
    }

    private static Instant end(List<IncidentContext> contexts) {
        return contexts.stream()
                .flatMap(context -> context.incident().ended().stream())
                .max(Comparator.naturalOrder())
                .orElse(began(contexts));
    }
}
