package io.tidewatch.definition.schema;

import io.tidewatch.model.Limits;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Place;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports a field that the API server does not know, with the one that was probably meant. */
final class UnknownField {

    /** Known names that a problem lists. */
    private static final int NAMES = 12;

    /** Letters that a name must share with a known one from its beginning, to be taken for a variant of it. */
    private static final int SHARED_LETTERS = 4;

    private static final String SETTING = "tidewatch.manifests.unknownFields = warn (validate: --unknown-fields warn)";

    private final Findings findings;
    private final UnknownFields severity;
    private int hints;

    UnknownField(Findings findings, UnknownFields severity) {
        this.findings = findings;
        this.severity = severity;
    }

    void report(Place field, Type.ObjectAt object) {
        hints++;
        String right = hints > Limits.PROBLEMS_IN_FILE ? "" : "; " + right(field, object);
        severity.report(
                findings,
                field,
                "unknown-field",
                "unknown field in " + object.table().label()
                        + (severity == UnknownFields.WARN
                                ? "; the API server rejects it unless the cluster knows it"
                                : ", so it would have no effect")
                        + right);
    }

    /** The name that was probably meant, or where the field belongs, or which names are known. */
    private String right(Place field, Type.ObjectAt object) {
        Optional<FieldTable> newer = Schemas.newerWith(object.table(), object.key(), field.name());
        if (newer.isPresent()) {
            return newer.get().label() + " has this field";
        }
        Map<String, Field> fields = object.table().fields(object.key());
        Set<String> known = fields.keySet();
        Optional<String> near = nearest(field.name(), known);
        if (near.isPresent()) {
            return "did you mean " + near.get() + "?";
        }
        Optional<String> holder = object.table().onlyHolderOf(field.name()).filter(key -> !key.equals(object.key()));
        if (holder.isPresent()) {
            return "it belongs to " + holder.get();
        }
        if (known.isEmpty()) {
            return "no fields are known here; delete it";
        }
        List<String> listed = known.stream().limit(NAMES).toList();
        return "known fields are " + String.join(", ", listed)
                + (known.size() > NAMES ? " and " + (known.size() - NAMES) + " more" : "")
                + ifNewer(object.table());
    }

    /** The way out if no known name was meant and a version after the newest known may have the field. */
    private String ifNewer(FieldTable table) {
        return severity == UnknownFields.ERROR && Schemas.isNewest(table)
                ? "; if your " + table.product() + " is newer and has this field, set " + SETTING
                : "";
    }

    /** {@code "; did you mean x?"}, or nothing. */
    static String hint(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** By letters changed; failing that, the known name that begins as most of the written one does, as minReplicaCount for minReplicas. */
    private static Optional<String> nearest(String written, Collection<String> known) {
        return Nearest.to(written, known)
                .or(() -> known.stream()
                        .filter(name -> isVariant(shared(written, name), written, name))
                        .max(Comparator.<String>comparingInt(name -> shared(written, name))
                                .thenComparing(Comparator.<String>naturalOrder().reversed())));
    }

    private static boolean isVariant(int shared, String written, String name) {
        return shared >= SHARED_LETTERS && shared * 3 >= Math.min(written.length(), name.length()) * 2;
    }

    private static int shared(String written, String name) {
        String a = written.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        int shared = 0;
        while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
