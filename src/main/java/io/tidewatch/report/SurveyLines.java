package io.tidewatch.report;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Survey.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines about the cluster at the start: its versions, then each missing permission with the work that is not done without
 * it. A missing permission to list or watch is reported by the watch that meets it, which also reports a permission that is
 * withdrawn later. Events and Leases are the exception: they are watched only while a target lags, which would be too late.
 */
public final class SurveyLines {

    private static final Map<String, String> CRDS = Map.of("argoproj.io", "Rollout", "keda.sh", "ScaledObject");

    private static final Set<String> OF_WATCHES = Set.of("list", "watch");

    private static final Set<String> WATCHED_AT_A_LAG = Set.of("events", "leases");

    private SurveyLines() {}

    /** What is there, then what is missing. */
    public static List<String> of(Survey survey) {
        List<String> lines = new ArrayList<>(present(survey));
        lines.addAll(noCrds(survey));
        lines.addAll(denied(survey.denied()));
        return List.copyOf(lines);
    }

    /** The API server, and what it serves and grants. */
    public static List<String> present(Survey survey) {
        List<String> lines = new ArrayList<>();
        lines.add("connected to " + survey.server() + ": Kubernetes " + survey.kubernetes()
                + survey.controllers().stream()
                        .filter(SurveyLines::isKnown)
                        .map(controller -> ", " + product(controller) + " " + version(controller))
                        .distinct()
                        .collect(Collectors.joining()));
        List<String> parts = new ArrayList<>();
        if (!survey.served().isEmpty()) {
            parts.add(String.join(" and ", served(survey)) + " served");
        }
        if (survey.asked() && survey.denied().isEmpty()) {
            parts.add("all required permissions granted");
        }
        if (!parts.isEmpty()) {
            lines.add(String.join("; ", parts));
        }
        return List.copyOf(lines);
    }

    /** The changes that a later survey found: first what is missing now, then what is granted or installed now. */
    public static List<String> changes(Survey before, Survey now) {
        List<String> lines = new ArrayList<>();
        List<Right> lost = new ArrayList<>(now.denied());
        lost.removeAll(before.denied());
        List<Right> won = new ArrayList<>(before.denied());
        won.removeAll(now.denied());
        lines.addAll(noCrds(now));
        lines.removeAll(noCrds(before));
        lines.addAll(denied(lost));
        CRDS.keySet().stream()
                .sorted()
                .filter(group ->
                        now.served().containsKey(group) && !before.served().containsKey(group))
                .forEach(group -> lines.add(
                        "the CRD of " + group + " is installed now: " + CRDS.get(group) + "s are read and written"));
        byNeed(withoutWatches(won)).values().forEach(granted -> lines.add("permission granted: " + granted));
        if (!before.asked() && now.asked() && now.denied().isEmpty()) {
            lines.add("all required permissions granted");
        }
        return List.copyOf(lines);
    }

    /** Whether nothing is missing, so that no further survey is needed. */
    public static boolean isWhole(Survey survey) {
        return noCrds(survey).isEmpty() && survey.denied().isEmpty();
    }

    private static List<String> served(Survey survey) {
        return CRDS.keySet().stream()
                .sorted()
                .filter(survey.served()::containsKey)
                .map(group -> CRDS.get(group) + " "
                        + String.join(", ", survey.served().get(group)))
                .toList();
    }

    /** The CRDs that are missing. */
    public static List<String> noCrds(Survey survey) {
        return CRDS.keySet().stream()
                .sorted()
                .filter(group -> !survey.served().containsKey(group))
                .map(group -> "no CRD of " + group + ": " + CRDS.get(group)
                        + "s are neither read nor written until it is installed")
                .toList();
    }

    /** The missing permissions, those to list and watch too, which a running process tells at its watches. */
    public static List<String> denied(Survey survey) {
        return missing(survey.denied());
    }

    /** One line for each kind of work that these permissions are missing for. */
    public static List<String> missing(List<Right> permissions) {
        return lines(byNeed(permissions));
    }

    /** One line for each kind of work that cannot be done. */
    private static List<String> denied(List<Right> denied) {
        return lines(byNeed(withoutWatches(denied)));
    }

    private static List<String> lines(Map<String, String> byNeed) {
        return byNeed.entrySet().stream()
                .map(entry -> "missing permission to " + entry.getValue() + ": " + entry.getKey())
                .toList();
    }

    private static List<Right> withoutWatches(List<Right> permissions) {
        return permissions.stream()
                .filter(right -> !OF_WATCHES.contains(right.verb()) || WATCHED_AT_A_LAG.contains(right.resource()))
                .toList();
    }

    /** The permissions for one kind of work, in one text with their namespaces; by the work. */
    private static Map<String, String> byNeed(List<Right> permissions) {
        Map<String, Set<String>> verbs = new LinkedHashMap<>();
        Map<String, Set<String>> namespaces = new LinkedHashMap<>();
        for (Right right : permissions) {
            String resource = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
            verbs.computeIfAbsent(right.need(), need -> new LinkedHashSet<>()).add(right.verb() + " " + resource);
            namespaces
                    .computeIfAbsent(right.need(), need -> new LinkedHashSet<>())
                    .add(right.namespace());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        verbs.forEach((need, all) -> texts.put(
                need, String.join(", ", all) + " in " + String.join(", ", namespaces.getOrDefault(need, Set.of()))));
        return texts;
    }

    private static boolean isKnown(ControllerView controller) {
        return controller.isArgoRollouts() || controller.isKeda();
    }

    private static String product(ControllerView controller) {
        return controller.isKeda() ? "KEDA" : "Argo Rollouts";
    }

    private static String version(ControllerView controller) {
        return controller
                .tag()
                .or(() -> Optional.of(controller.version()).filter(label -> !label.isEmpty()))
                .orElse("of unknown version");
    }
}
