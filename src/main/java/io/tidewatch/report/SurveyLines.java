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
 * What is said at the start of the cluster that we are connected to: its versions, then what is missing for what. A right to
 * list or watch that is missing is left to the watch that meets it, which knows who is refused, and sees one that is taken
 * away later; but not what is watched only while a target lags, which is no time to hear of it first.
 */
public final class SurveyLines {

    private static final Map<String, String> CRDS = Map.of("argoproj.io", "Rollout", "keda.sh", "ScaledObject");

    private static final Set<String> OF_WATCHES = Set.of("list", "watch");

    private static final Set<String> WATCHED_AT_A_LAG = Set.of("events", "leases");

    private SurveyLines() {}

    public static List<String> of(Survey survey) {
        List<String> lines = new ArrayList<>();
        lines.add("connected to " + survey.server() + ": Kubernetes " + survey.kubernetes()
                + survey.controllers().stream()
                        .filter(SurveyLines::isKnown)
                        .map(controller -> ", " + product(controller) + " " + version(controller))
                        .distinct()
                        .collect(Collectors.joining()));
        List<String> parts = new ArrayList<>();
        if (!survey.served().isEmpty()) {
            parts.add("serves " + String.join("; ", served(survey)));
        }
        if (survey.asked() && survey.denied().isEmpty()) {
            parts.add("all rights held");
        }
        if (!parts.isEmpty()) {
            lines.add(String.join("; ", parts));
        }
        lines.addAll(missing(survey));
        return List.copyOf(lines);
    }

    /** What a later look found otherwise: first what is missing now, then what is there now. */
    public static List<String> changes(Survey before, Survey now) {
        List<String> lines = new ArrayList<>();
        List<Right> lost = new ArrayList<>(now.denied());
        lost.removeAll(before.denied());
        List<Right> won = new ArrayList<>(before.denied());
        won.removeAll(now.denied());
        lines.addAll(noCrds(now));
        lines.removeAll(noCrds(before));
        lines.addAll(denied(lost, "no right to "));
        CRDS.keySet().stream()
                .sorted()
                .filter(group ->
                        now.served().containsKey(group) && !before.served().containsKey(group))
                .forEach(group -> lines.add(
                        "the CRD of " + group + " is installed now: " + CRDS.get(group) + "s are read and written"));
        denied(won, "held now: ").forEach(line -> lines.add(line.substring(0, line.lastIndexOf(": "))));
        if (!before.asked() && now.asked() && now.denied().isEmpty()) {
            lines.add("all rights held");
        }
        return List.copyOf(lines);
    }

    /** Whether something is missing that may come, so that it is worth another look. */
    public static boolean isWhole(Survey survey) {
        return noCrds(survey).isEmpty() && survey.denied().isEmpty();
    }

    private static List<String> missing(Survey survey) {
        List<String> lines = new ArrayList<>(noCrds(survey));
        lines.addAll(denied(survey.denied(), "no right to "));
        return lines;
    }

    private static List<String> served(Survey survey) {
        return CRDS.keySet().stream()
                .sorted()
                .filter(survey.served()::containsKey)
                .map(group -> CRDS.get(group) + " "
                        + String.join(", ", survey.served().get(group)))
                .toList();
    }

    private static List<String> noCrds(Survey survey) {
        return CRDS.keySet().stream()
                .sorted()
                .filter(group -> !survey.served().containsKey(group))
                .map(group -> "no CRD of " + group + ": " + CRDS.get(group)
                        + "s are neither read nor written until it is installed")
                .toList();
    }

    /** One line for what cannot be done, with every right that is missing for it. */
    private static List<String> denied(List<Right> denied, String words) {
        Map<String, Set<String>> byNeed = new LinkedHashMap<>();
        Map<String, Set<String>> namespaces = new LinkedHashMap<>();
        for (Right right : denied) {
            if (OF_WATCHES.contains(right.verb()) && !WATCHED_AT_A_LAG.contains(right.resource())) {
                continue;
            }
            String resource = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
            byNeed.computeIfAbsent(right.need(), need -> new LinkedHashSet<>()).add(right.verb() + " " + resource);
            namespaces
                    .computeIfAbsent(right.need(), need -> new LinkedHashSet<>())
                    .add(right.namespace());
        }
        return byNeed.entrySet().stream()
                .map(entry -> words + String.join(", ", entry.getValue()) + " in "
                        + String.join(", ", namespaces.getOrDefault(entry.getKey(), Set.of())) + ": " + entry.getKey())
                .toList();
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
