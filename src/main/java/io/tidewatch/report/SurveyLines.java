package io.tidewatch.report;

import io.tidewatch.model.ControllerView;
import io.tidewatch.model.Survey;
import io.tidewatch.model.Survey.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said at the start of the cluster that we are connected to: its versions, then what is missing for what. */
public final class SurveyLines {

    private static final Map<String, String> CRDS = Map.of("argoproj.io", "Rollout", "keda.sh", "ScaledObject");

    private SurveyLines() {}

    public static List<String> of(Survey survey) {
        List<String> lines = new ArrayList<>();
        lines.add("connected to " + survey.server() + ": Kubernetes " + survey.kubernetes()
                + survey.controllers().stream()
                        .filter(SurveyLines::isKnown)
                        .map(controller -> ", " + product(controller) + " " + version(controller))
                        .distinct()
                        .collect(Collectors.joining()));
        lines.add("serves "
                + CRDS.keySet().stream()
                        .sorted()
                        .filter(survey.served()::containsKey)
                        .map(group -> CRDS.get(group) + " "
                                + String.join(", ", survey.served().get(group)))
                        .collect(Collectors.joining("; "))
                + (survey.denied().isEmpty() ? "; all rights held" : ""));
        CRDS.keySet().stream()
                .sorted()
                .filter(group -> !survey.served().containsKey(group))
                .forEach(group -> lines.add("no CRD of " + group + ": " + CRDS.get(group)
                        + "s are neither read nor written until it is installed"));
        lines.addAll(denied(survey.denied()));
        return List.copyOf(lines);
    }

    /** One line for what cannot be done, with every right that is missing for it. */
    private static List<String> denied(List<Right> denied) {
        Map<String, Set<String>> byNeed = new LinkedHashMap<>();
        Map<String, Set<String>> namespaces = new LinkedHashMap<>();
        for (Right right : denied) {
            String resource = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
            byNeed.computeIfAbsent(right.need(), need -> new LinkedHashSet<>()).add(right.verb() + " " + resource);
            namespaces
                    .computeIfAbsent(right.need(), need -> new LinkedHashSet<>())
                    .add(right.namespace());
        }
        return byNeed.entrySet().stream()
                .map(entry -> "no right to " + String.join(", ", entry.getValue()) + " in "
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
