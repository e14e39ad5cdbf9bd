package io.tidewatch.plan;

import java.util.Locale;

/**
 * The rule that ends a fight over a field with another GitOps tool, in that tool's own words. Sources: Argo CD's
 * documentation on diffing and on RespectIgnoreDifferences; Flux's Kustomization reference (spec.ignore, since 2.9).
 */
final class Coexistence {

    private Coexistence() {}

    /**
     * @param field with dots, as in a refusal: {@code .spec.minReplicaCount}
     * @return what to write where; for a manager that is not known, what to ask of its owner
     */
    static String rule(String manager, String kind, String group, String field) {
        String pointer = field.replace('.', '/');
        String name = manager.toLowerCase(Locale.ROOT);
        if (name.startsWith("argocd")) {
            return "in the Argo CD Application write ignoreDifferences: [{group: " + group + ", kind: " + kind
                    + ", jsonPointers: [" + pointer + "]}] and syncOptions: [RespectIgnoreDifferences=true]";
        }
        if (name.startsWith("kustomize-controller") || name.startsWith("flux")) {
            return "in the Flux Kustomization (2.9 or later) write spec.ignore: [{target: {kind: " + kind
                    + "}, paths: [" + pointer + "]}]";
        }
        return "let " + manager + " leave " + field.substring(1) + " alone, or set onConflict: Force";
    }
}
