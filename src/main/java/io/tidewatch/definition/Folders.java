package io.tidewatch.definition;

import io.tidewatch.model.Problem;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Folders that hold templates, not manifests: a patch read as an object would give a wrong baseline. */
final class Folders {

    private static final String RIGHT =
            "; point the source at rendered manifests (%s), or at another path. Nothing in this folder is read";
    private static final Map<String, String> TEMPLATES = Map.of(
            "kustomization.yaml", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "kustomization.yml", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "Kustomization", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "Chart.yaml", "a Helm chart's folder" + RIGHT.formatted("helm template"));

    private final SortedMap<String, Problem> refused = new TreeMap<>();

    Folders(Collection<String> paths) {
        for (String path : paths) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (TEMPLATES.containsKey(name)) {
                String folder = path.substring(0, path.length() - name.length());
                String called = folder.isEmpty() ? "the source's top folder" : folder;
                String message = called + " is " + TEMPLATES.get(name);
                refused.putIfAbsent(folder, new Problem(path, 1, "", Problem.Severity.ERROR, "templates", message));
            }
        }
        refused.keySet()
                .removeIf(folder -> refused.keySet().stream().anyMatch(f -> !f.equals(folder) && folder.startsWith(f)));
    }

    boolean refuse(String path) {
        return refused.keySet().stream().anyMatch(path::startsWith);
    }

    Collection<Problem> problems() {
        return refused.values();
    }
}
