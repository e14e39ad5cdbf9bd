package io.tidewatch.definition.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The versions of Argo Rollouts and KEDA whose fields manifests are checked against.
 *
 * @param rollout the fields of a Rollout
 * @param scaledObject the fields of a ScaledObject
 */
public record Schemas(FieldTable rollout, FieldTable scaledObject) {

    private static final String ROLLOUTS = "Argo Rollouts";
    private static final String KEDA = "KEDA";

    /** From the oldest to the newest. */
    private static final List<FieldTable> OF_ROLLOUTS =
            List.of(FieldTable.load(ROLLOUTS, "rollout-1-8"), FieldTable.load(ROLLOUTS, "rollout-1-9"));

    private static final List<FieldTable> OF_KEDA =
            List.of(FieldTable.load(KEDA, "scaledobject-2-19"), FieldTable.load(KEDA, "scaledobject-2-20"));

    /** The newest versions that are known. */
    public static final Schemas NEWEST = new Schemas(newest(OF_ROLLOUTS), newest(OF_KEDA));

    /**
     * The same with another version of Argo Rollouts.
     *
     * @param version as {@code 1.8}, {@code 1.8.3} or {@code v1.8.3}
     * @throws IllegalArgumentException if its fields are not known
     */
    public Schemas withRollouts(String version) {
        return new Schemas(find(OF_ROLLOUTS, ROLLOUTS, version), scaledObject);
    }

    /**
     * The same with another version of KEDA.
     *
     * @param version as {@code 2.20}, {@code 2.20.2} or {@code v2.20.2}
     * @throws IllegalArgumentException if its fields are not known
     */
    public Schemas withKeda(String version) {
        return new Schemas(rollout, find(OF_KEDA, KEDA, version));
    }

    private static FieldTable newest(List<FieldTable> tables) {
        return tables.get(tables.size() - 1);
    }

    private static FieldTable find(List<FieldTable> tables, String product, String version) {
        String number = version.startsWith("v") ? version.substring(1) : version;
        return tables.stream()
                .filter(table -> number.equals(table.version()) || number.startsWith(table.version() + "."))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the fields of " + product + " " + version + " are not known; known are "
                                + tables.stream().map(FieldTable::version).collect(Collectors.joining(" and "))));
    }
}
