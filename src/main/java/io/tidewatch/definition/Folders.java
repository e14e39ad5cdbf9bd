package io.tidewatch.definition;

import io.tidewatch.model.Problem;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds folders with templates (Kustomize, Helm), which are not read: a patch read as an object would give a wrong baseline. */
final class Folders {

    private static final String RIGHT =
            "; point the source at rendered manifests (%s), or at another path. Nothing in this folder is read";
    private static final Map<String, String> TEMPLATES = Map.of(
            "kustomization.yaml", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "kustomization.yml", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "Kustomization", "Kustomize's folder" + RIGHT.formatted("kustomize build"),
            "Chart.yaml", "a Helm chart's folder" + RIGHT.formatted("helm template"));

    private final SortedMap<String, Problem> skipped = new TreeMap<>();

    Folders(Collection<String> paths) {
        for (String path : paths) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (TEMPLATES.containsKey(name)) {
                String folder = path.substring(0, path.length() - name.length());
                String called = folder.isEmpty() ? "the source's top folder" : folder;
                String message = called + " is " + TEMPLATES.get(name);
                skipped.putIfAbsent(folder, new Problem(path, 1, "", Problem.Severity.ERROR, "templates", message));
            }
        }
        skipped.keySet().removeIf(folder -> inside(folder, folder.length() - 1));
    }

    boolean refuse(String path) {
        return inside(path, path.length());
    }

    Collection<Problem> problems() {
        return skipped.values();
    }

    /** Whether one of the folders at the beginning of the path is not read; only those that end before the given index. */
    private boolean inside(String path, int end) {
        int slash = -1;
        do {
            if (slash + 1 < end && skipped.containsKey(path.substring(0, slash + 1))) {
                return true;
            }
            slash = path.indexOf('/', slash + 1);
        } while (slash >= 0 && slash < end);
        return false;
    }
}
