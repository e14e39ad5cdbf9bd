package io.tidewatch.definition.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of Argo Rollouts and KEDA whose fields manifests are checked against.
 *
 * @param rollout the fields of a Rollout
 * @param scaledObject the fields of a ScaledObject
 * @param unknownFields whether a field that these versions lack is an error or a warning
 */
public record Schemas(FieldTable rollout, FieldTable scaledObject, UnknownFields unknownFields) {

    private static final String ROLLOUTS = "Argo Rollouts";
    private static final String KEDA = "KEDA";
    static final String KUBERNETES = "Kubernetes";

    /** From the oldest to the newest. */
    private static final List<FieldTable> OF_ROLLOUTS =
            List.of(FieldTable.load(ROLLOUTS, "rollout-1-8"), FieldTable.load(ROLLOUTS, "rollout-1-9"));

    private static final List<FieldTable> OF_KEDA =
            List.of(FieldTable.load(KEDA, "scaledobject-2-19"), FieldTable.load(KEDA, "scaledobject-2-20"));

    /** The kinds of Kubernetes itself, by their names; their fields hardly change. */
    private static final Map<String, FieldTable> OF_KUBERNETES = Map.of(
            "Deployment", FieldTable.limited(KUBERNETES, "deployment"),
            "StatefulSet", FieldTable.limited(KUBERNETES, "statefulset"),
            "HorizontalPodAutoscaler", FieldTable.limited(KUBERNETES, "hpa"));

    /** The newest versions that are known; an unknown field is an error. */
    public static final Schemas NEWEST = new Schemas(newest(OF_ROLLOUTS), newest(OF_KEDA), UnknownFields.ERROR);

    /**
     * The same with another version of Argo Rollouts; absent if its fields are not known.
     *
     * @param version as {@code 1.8}, {@code 1.8.3} or {@code v1.8.3}
     */
    public Optional<Schemas> withRollouts(String version) {
        return find(OF_ROLLOUTS, version).map(table -> new Schemas(table, scaledObject, unknownFields));
    }

    /**
     * The same with another version of KEDA; absent if its fields are not known.
     *
     * @param version as {@code 2.20}, {@code 2.20.2} or {@code v2.20.2}
     */
    public Optional<Schemas> withKeda(String version) {
        return find(OF_KEDA, version).map(table -> new Schemas(rollout, table, unknownFields));
    }

    /**
     * The fields of a kind of Kubernetes itself.
     *
     * @throws IllegalArgumentException for any other kind
     */
    public static FieldTable of(String kind) {
        FieldTable table = OF_KUBERNETES.get(kind);
        if (table == null) {
            throw new IllegalArgumentException("the fields of a " + kind + " are not known");
        }
        return table;
    }

    /** The same with another answer to an unknown field. */
    public Schemas with(UnknownFields other) {
        return new Schemas(rollout, scaledObject, other);
    }

    /** Whether KEDA's webhook rejects an HPA's name that is too long for a label; since 2.20. */
    public boolean limitsHpaNames() {
        return OF_KEDA.indexOf(scaledObject) > 0;
    }

    /** The known versions of Argo Rollouts from the oldest to the newest, as {@code 1.8 and 1.9}. */
    public static String knownRollouts() {
        return listed(OF_ROLLOUTS);
    }

    /** The known versions of KEDA from the oldest to the newest, as {@code 2.19 and 2.20}. */
    public static String knownKeda() {
        return listed(OF_KEDA);
    }

    /** The oldest known version after that of a table whose object of this key has this field. */
    static Optional<FieldTable> newerWith(FieldTable table, String key, String field) {
        return Stream.of(OF_ROLLOUTS, OF_KEDA)
                .filter(tables -> tables.contains(table))
                .flatMap(tables -> tables.subList(tables.indexOf(table) + 1, tables.size()).stream())
                .filter(newer -> newer.fields(key).containsKey(field))
                .findFirst();
    }

    /** Whether a later version may have fields that no table holds; so for the only table of a product too. */
    static boolean isNewest(FieldTable table) {
        return Stream.of(OF_ROLLOUTS, OF_KEDA)
                .noneMatch(tables -> tables.contains(table) && !newest(tables).equals(table));
    }

    private static FieldTable newest(List<FieldTable> tables) {
        return tables.get(tables.size() - 1);
    }

    private static String listed(List<FieldTable> tables) {
        return String.join(" and ", tables.stream().map(FieldTable::version).toList());
    }

    private static Optional<FieldTable> find(List<FieldTable> tables, String version) {
        String number = version.startsWith("v") ? version.substring(1) : version;
        return tables.stream()
                .filter(table -> number.equals(table.version()) || number.startsWith(table.version() + "."))
                .findFirst();
    }
}
