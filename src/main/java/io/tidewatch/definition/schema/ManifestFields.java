package io.tidewatch.definition.schema;

import io.tidewatch.definition.schema.Type.Kind;
import io.tidewatch.model.Limits;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import io.tidewatch.yaml.WholeNumbers;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a manifest with the fields that the API server takes. A field without a value counts as absent, for it is left out
 * before the manifest is applied. Linear in the manifest.
 *
 * <p>An unknown field is an error: an apply of it fails, or it is dropped without a word. A value of a wrong type or outside of its
 * limits is an error: the API server rejects the object. {@link UnknownFields#WARN} makes warnings of unknown fields and of
 * values outside of a closed list: a newer version may know them. A field of the pod template that Kubernetes knows and this version of
 * Argo Rollouts does not is a warning: the pods start without it.
 */
public final class ManifestFields {

    /** In {@link io.tidewatch.definition.schema.FieldTable}s: what a manifest desires. */
    private static final String SPEC = "spec";

    private static final String METADATA = "metadata";

    private static final String A_LIST = "a list";

    private static final String POD_TEMPLATE = "spec.template";
    private static final Set<String> OF_EACH_OBJECT = Set.of("apiVersion", "kind", "metadata");

    /** Fields whose numbers are octal by custom. */
    private static final Set<String> FILE_MODES = Set.of("defaultMode", "mode");

    private static final long INT32_MIN = Integer.MIN_VALUE;
    private static final long INT32_MAX = Integer.MAX_VALUE;

    private final Findings findings;
    private final FieldTable table;
    private final Set<String> judgedElsewhere;
    private final UnknownFields severity;
    private final UnknownField unknown;

    /**
     * @param judgedElsewhere paths of fields whose own values have a check of their own; the fields below them are compared here,
     *     unless they are below metadata
     * @param severity of unknown fields and values
     */
    public ManifestFields(Findings findings, FieldTable table, Set<String> judgedElsewhere, UnknownFields severity) {
        this.findings = findings;
        this.table = table;
        this.judgedElsewhere = Set.copyOf(judgedElsewhere);
        this.severity = severity;
        this.unknown = new UnknownField(findings, severity);
    }

    public void check(Place document) {
        document.field(SPEC)
                .filter(spec -> spec.node() instanceof Node.Mapping)
                .ifPresent(spec -> check(spec, table.object(SPEC), Optional.empty()));
        new ObjectFields(findings, table).check(document);
        document.field(METADATA).map(Place::fields).orElse(List.of()).stream()
                .filter(field -> !field.isNull() && !judgedElsewhere.contains(field.path()))
                .forEach(field -> Optional.ofNullable(ObjectFields.ofMetadata().get(field.name()))
                        .ifPresent(known -> check(field, known.type(), Optional.empty())));
    }

    /** @param pod what Kubernetes takes at this place of a pod template */
    private void check(Place place, Type type, Optional<Type> pod) {
        if (type instanceof Type.Anything) {
            pod.filter(known -> !(known instanceof Type.Anything))
                    .ifPresent(known -> check(place, known, Optional.empty()));
        } else if (type instanceof Type.ObjectAt object) {
            object(place, object, pod);
        } else if (type instanceof Type.MapOf map) {
            map(place, map, pod);
        } else if (type instanceof Type.ListOf list) {
            list(place, list, pod);
        } else if (type instanceof Type.Scalar scalar && !judgedElsewhere.contains(place.path())) {
            scalar(place, scalar);
        }
    }

    private void object(Place place, Type.ObjectAt object, Optional<Type> pod) {
        if (!(place.node() instanceof Node.Mapping)) {
            wrongType(place, "an object with fields");
            return;
        }
        Map<String, Field> fields = object.table().fields(object.key());
        for (Place child : place.fields()) {
            Field field = fields.get(child.name());
            if (child.isNull()) {
                continue;
            }
            if (field != null) {
                check(child, field.type(), podPart(child, pod));
            } else if (!object.open() && !(object.embedded() && OF_EACH_OBJECT.contains(child.name()))) {
                unknownField(child, object, pod);
            }
        }
        fields.forEach((name, field) -> {
            if (field.required() && place.field(name).filter(p -> !p.isNull()).isEmpty()) {
                missing(place, name, object);
            }
        });
    }

    private Optional<Type> podPart(Place child, Optional<Type> pod) {
        if (child.path().equals(POD_TEMPLATE)) {
            return Optional.of(PodTemplate.in(table));
        }
        return pod.flatMap(around -> {
            if (around instanceof Type.ObjectAt object) {
                return Optional.ofNullable(object.table().fields(object.key()).get(child.name()))
                        .map(Field::type);
            }
            return around instanceof Type.MapOf map ? Optional.of(map.value()) : Optional.empty();
        });
    }

    private void unknownField(Place child, Type.ObjectAt object, Optional<Type> pod) {
        if (podPart(child, pod).isPresent()) {
            findings.warning(
                    child,
                    "field-dropped",
                    "Kubernetes knows this field, but a Rollout of "
                            + object.table().label()
                            + " cannot hold it: the pods start without it; leave it out, or install a newer Argo Rollouts");
        } else {
            unknown.report(child, object);
        }
    }

    private void missing(Place place, String name, Type.ObjectAt object) {
        String path = place.pathOf(name);
        if (!judgedElsewhere.contains(path)) {
            findings.error(
                    place.line(),
                    path,
                    "missing-field",
                    "missing; " + object.table().label() + " rejects the object without it");
        }
    }

    private void map(Place place, Type.MapOf map, Optional<Type> pod) {
        if (!(place.node() instanceof Node.Mapping)) {
            wrongType(place, "an object with fields");
            return;
        }
        for (Place child : place.fields()) {
            if (!child.isNull()) {
                check(child, map.value(), podPart(child, pod));
            }
        }
    }

    private void list(Place place, Type.ListOf list, Optional<Type> pod) {
        if (!(place.node() instanceof Node.Sequence)) {
            if (!judgedElsewhere.contains(place.path())) {
                wrongType(place, A_LIST);
            }
            return;
        }
        int size = place.items().size();
        if (size < list.least().orElse(0)) {
            findings.error(
                    place,
                    "too-few",
                    size + " items are too few; the minimum is " + list.least().getAsInt());
        }
        if (list.most().isPresent() && size > list.most().getAsInt()) {
            findings.error(
                    place,
                    "too-many",
                    size + " items are too many; the maximum is " + list.most().getAsInt());
        }
        Optional<Type> podItem =
                pod.flatMap(around -> around instanceof Type.ListOf l ? Optional.of(l.item()) : Optional.empty());
        for (Place item : place.items()) {
            if (!item.isNull()) {
                check(item, list.item(), podItem);
            }
        }
    }

    private void scalar(Place place, Type.Scalar type) {
        Object value = place.node() instanceof Node.Scalar scalar ? scalar.value() : null;
        if (!isOfKind(value, type.kind())) {
            wrongType(place, type.kind().described());
        } else if (value instanceof Number number) {
            if (!FILE_MODES.contains(place.name())) {
                WholeNumbers.warnOfOctal(place, findings);
            }
            number(place, type, number);
        } else if (value instanceof String text) {
            text(place, type, text);
        }
    }

    private static boolean isOfKind(@Nullable Object value, Kind kind) {
        return switch (kind) {
            case STRING -> value instanceof String;
            case INTEGER -> isWhole(value);
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case INT_OR_STRING -> value instanceof String || isWhole(value);
            case QUANTITY -> value instanceof String || value instanceof Number;
        };
    }

    /** As the API server counts: 5.0 is whole. */
    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Number number
                && (!(value instanceof Double) || number.doubleValue() == Math.rint(number.doubleValue()));
    }

    private void number(Place place, Type.Scalar type, Number number) {
        boolean isInt32 = type.format().equals("int32");
        long least = type.min().orElse(isInt32 ? INT32_MIN : Long.MIN_VALUE);
        long most = type.max().orElse(isInt32 ? INT32_MAX : Long.MAX_VALUE);
        if (number.doubleValue() < least) {
            findings.error(place, "out-of-range", number + " is too low; the minimum is " + least);
        } else if (number.doubleValue() > most) {
            findings.error(place, "out-of-range", number + " is too high; the maximum is " + most);
        }
    }

    private void text(Place place, Type.Scalar type, String text) {
        if (!type.values().isEmpty() && !type.values().contains(text)) {
            severity.report(
                    findings,
                    place,
                    "unknown-value",
                    Quoted.of(text) + " is not one of " + String.join(", ", type.values())
                            + UnknownField.hint(text, type.values()));
        } else if (text.length() < type.shortest().orElse(0)) {
            findings.error(
                    place,
                    "wrong-value",
                    text.isEmpty()
                            ? "empty; write a value"
                            : Quoted.of(text) + " is too short; write at least "
                                    + type.shortest().getAsInt() + " characters");
        } else if (text.length() > type.longest().orElse(Integer.MAX_VALUE)) {
            findings.error(
                    place,
                    "too-long",
                    Quoted.of(text) + " is too long; write at most "
                            + type.longest().getAsInt() + " characters");
        } else if (type.pattern().isPresent() && !matches(type, text)) {
            findings.error(
                    place,
                    "wrong-value",
                    Quoted.of(text)
                            + (type.kind() == Kind.INT_OR_STRING
                                    ? " is not an amount; write a number, with a unit if need be, as 0.1 or 500m"
                                    : " does not match "
                                            + Quoted.cut(type.pattern().get().pattern())
                                            + ", which the API server demands; write a value that does"));
        } else if (type.format().equals("date-time") && !isInstant(text)) {
            findings.error(
                    place,
                    "wrong-time",
                    Quoted.of(text) + " is not an instant; write it as 2026-12-24T18:00:00Z or with an offset");
        }
    }

    /** A long text is never tried: it is no quantity, and patterns take their time. */
    private static boolean matches(Type.Scalar type, String text) {
        return text.length() <= Limits.SCALAR_LENGTH
                && type.pattern().filter(p -> p.matcher(text).find()).isPresent();
    }

    private static boolean isInstant(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void wrongType(Place place, String expected) {
        if (judgedElsewhere.contains(place.path())) {
            return;
        }
        findings.error(
                place,
                "wrong-type",
                "expected " + expected + ", got " + place.node().described() + advice(place, expected));
    }

    private static String advice(Place place, String expected) {
        if (place.node() instanceof Node.Mapping && expected.equals(A_LIST)) {
            return "; begin each item with a dash";
        }
        if (!(place.node() instanceof Node.Scalar scalar)) {
            return "";
        }
        if (scalar.value() instanceof String text) {
            if (expected.equals(Kind.INTEGER.described())) {
                return WholeNumbers.advice(text, scalar.written());
            }
            boolean isNumber = expected.contains("number") && text.matches("-?[0-9]{1,9}");
            boolean isTruth = expected.equals(Kind.BOOLEAN.described()) && text.matches("true|false");
            return isNumber || isTruth ? "; write it without quotes" : "";
        }
        return expected.equals(Kind.STRING.described()) ? "; write " + Quoted.of(scalar.written()) + " in quotes" : "";
    }
}
