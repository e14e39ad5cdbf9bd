package io.tidewatch.text;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.ObjectKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The setting of another GitOps tool that ends a conflict over a field, in that tool's terms. Sources: Argo CD's documentation
 * on diffing and on RespectIgnoreDifferences; Flux's Kustomization reference (spec.ignore, since 2.9).
 */
public final class Coexistence {

    private Coexistence() {}

    /**
     * @param field with dots, as the API server names it: {@code .spec.minReplicaCount}
     * @param orElse the setting of Tidewatch to offer for an unknown manager
     * @return the setting and its place; for an unknown manager, what its owner has to change
     */
    public static String rule(String manager, ObjectKey object, String field, String orElse) {
        String group = object.apiVersion().contains("/") ? object.apiVersion().replaceFirst("/.*", "") : "";
        return rule(manager, object.kind(), group, List.of(field), orElse);
    }

    /** The same for the minimum of an autoscaler, its maximum, or both. */
    public static String boundsRule(String manager, AutoscalerKind kind, List<String> fields) {
        return rule(manager, kind.kind(), kind.apiVersion().replaceFirst("/.*", ""), fields, "onConflict: Force");
    }

    /**
     * For spec.replicas of a workload under an autoscaler. The field leaves Git only after the other tool ignores it: a tool
     * that is the field's only owner deletes the field, and one pod is left until the HPA's next sync.
     *
     * @param manager absent where it is not known
     */
    public static String replicasRule(Optional<String> manager, String kind, String group) {
        if (manager.isEmpty()) {
            return "find the other writer in the managedFields of the " + kind
                    + ", and leave replicas out of what it applies";
        }
        String name = manager.get();
        if (isArgoCd(name) || isFlux(name)) {
            return rule(name, kind, group, List.of(".spec.replicas"), "")
                    + ", then leave replicas out of the manifest in Git";
        }
        return name.equals("kubectl-client-side-apply")
                ? "remove replicas with kubectl apply edit-last-applied, then leave replicas out of the manifest"
                : "stop " + name + " from writing spec.replicas: leave replicas out of what it applies";
    }

    private static boolean isArgoCd(String manager) {
        return manager.toLowerCase(Locale.ROOT).startsWith("argocd");
    }

    private static boolean isFlux(String manager) {
        String name = manager.toLowerCase(Locale.ROOT);
        return name.startsWith("kustomize-controller") || name.startsWith("flux");
    }

    private static String rule(String manager, String kind, String group, List<String> fields, String orElse) {
        String pointers = fields.stream().map(field -> field.replace('.', '/')).collect(Collectors.joining(", "));
        if (isArgoCd(manager)) {
            return "in the Argo CD Application write ignoreDifferences: [{group: " + group + ", kind: " + kind
                    + ", jsonPointers: [" + pointers + "]}] and syncOptions: [RespectIgnoreDifferences=true]";
        }
        if (isFlux(manager)) {
            return "in the Flux Kustomization (2.9 or later) write spec.ignore: [{target: {kind: " + kind
                    + "}, paths: [" + pointers + "]}]";
        }
        String names = fields.stream().map(field -> field.substring(1)).collect(Collectors.joining(" and "));
        return "stop " + manager + " from writing " + names + ", or set " + orElse;
    }
}
