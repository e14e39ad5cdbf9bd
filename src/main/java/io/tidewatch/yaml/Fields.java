package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the fields of one object strictly: an unknown field is an error, and so is a field of the wrong type. */
public final class Fields {

    private final Place object;
    private final Findings findings;

    private Fields(Place object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    /** Reads only the fields that are asked for and ignores the others. */
    public static Optional<Fields> open(Place object, Findings findings) {
        if (object.node() instanceof Node.Mapping) {
            return Optional.of(new Fields(object, findings));
        }
        findings.error(
                object,
                "wrong-type",
                "expected an object with fields, got " + object.node().described());
        return Optional.empty();
    }

    public static Optional<Fields> strict(Place object, Findings findings, List<String> known) {
        Optional<Fields> fields = open(object, findings);
        fields.ifPresent(f -> f.reportUnknown(known));
        return fields;
    }

    private void reportUnknown(List<String> known) {
        if (!(object.node() instanceof Node.Mapping mapping)) {
            return;
        }
        for (Node.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                String right = Nearest.field(entry.key(), known);
                findings.error(entry.line(), object.pathOf(entry.key()), "unknown-field", "unknown field; " + right);
            }
        }
    }

    public Place object() {
        return object;
    }

    /** Absent also where the field has no value. */
    public Optional<Place> optional(String name) {
        return object.field(name).filter(place -> !place.isNull());
    }

    /** @param right what would be right, as {@code "an IANA name such as Asia/Seoul"} */
    public Optional<Place> required(String name, String right) {
        Optional<Place> place = optional(name);
        if (place.isEmpty()) {
            int line = object.field(name).map(Place::line).orElse(object.line());
            findings.error(line, object.pathOf(name), "missing-field", "missing; write " + right);
        }
        return place;
    }

    public Optional<Fields> object(String name, List<String> known) {
        return optional(name).flatMap(place -> strict(place, findings, known));
    }

    /** At most so many items; further ones are an error. */
    public List<Place> items(String name, int most) {
        return optional(name).map(place -> items(place, most)).orElse(List.of());
    }

    public List<Place> items(Place place, int most) {
        List<Place> items = items(place);
        if (items.size() > most) {
            findings.error(
                    place,
                    "too-many",
                    String.format(Locale.ROOT, "%,d items are too many; the maximum is %,d", items.size(), most));
        }
        return items.subList(0, Math.min(items.size(), most));
    }

    private List<Place> items(Place place) {
        if (!(place.node() instanceof Node.Sequence)) {
            String right = place.node() instanceof Node.Mapping ? "; begin each item with a dash" : "";
            findings.error(
                    place, "wrong-type", "expected a list, got " + place.node().described() + right);
        }
        return place.items();
    }

    public Optional<String> text(Place place) {
        Optional<String> text = place.text();
        if (text.isPresent()) {
            return text;
        }
        String quote = place.node() instanceof Node.Scalar scalar && scalar.value() != null
                ? "; write " + Quoted.of(scalar.written()) + " in quotes"
                : "";
        findings.error(
                place, "wrong-type", "expected a string, got " + place.node().described() + quote);
        return Optional.empty();
    }

    public Optional<String> text(String name) {
        return optional(name).flatMap(this::text);
    }

    /** A text of at most {@link Limits#SCALAR_LENGTH} characters. */
    public Optional<String> shortText(Place place) {
        return text(place).filter(text -> {
            if (text.length() > Limits.SCALAR_LENGTH) {
                findings.error(
                        place,
                        "too-long",
                        String.format(
                                Locale.ROOT,
                                "%s is too long; at most %,d characters are read",
                                Quoted.of(text),
                                Limits.SCALAR_LENGTH));
            }
            return text.length() <= Limits.SCALAR_LENGTH;
        });
    }

    public List<String> texts(String name, int most) {
        return items(name, most).stream()
                .flatMap(item -> shortText(item).stream())
                .toList();
    }

    public Map<String, String> textMap(Place place) {
        Map<String, String> map = new LinkedHashMap<>();
        if (!(place.node() instanceof Node.Mapping)) {
            findings.error(
                    place,
                    "wrong-type",
                    "expected an object with fields, got " + place.node().described());
        }
        for (Place field : place.fields()) {
            text(field).ifPresent(value -> map.put(field.name(), value));
        }
        return map;
    }

    public Optional<Boolean> truth(String name) {
        return optional(name).flatMap(place -> {
            if (place.node() instanceof Node.Scalar scalar && scalar.value() instanceof Boolean truth) {
                return Optional.of(truth);
            }
            findings.error(
                    place,
                    "wrong-type",
                    "expected true or false, got " + place.node().described());
            return Optional.empty();
        });
    }

    public Optional<Integer> integer(String name, int least) {
        return integer(name, least, Integer.MAX_VALUE);
    }

    public Optional<Integer> integer(String name, int least, int most) {
        return optional(name).flatMap(place -> integer(place, least, most));
    }

    public Optional<Integer> integer(Place place, int least, int most) {
        Object value = place.node() instanceof Node.Scalar scalar ? scalar.value() : null;
        if (value instanceof Long || value instanceof BigInteger) {
            beyondInt(place, new BigInteger(value.toString()), least, most);
            return Optional.empty();
        }
        if (!(value instanceof Integer number)) {
            String written = place.node() instanceof Node.Scalar scalar ? scalar.written() : "";
            findings.error(
                    place,
                    "wrong-type",
                    "expected a whole number, got " + place.node().described() + WholeNumbers.advice(value, written));
            return Optional.empty();
        }
        WholeNumbers.warnOfOctal(place, findings);
        if (number < least) {
            findings.error(place, "out-of-range", number + " is too low; the minimum is " + least);
            return Optional.empty();
        }
        if (number > most) {
            findings.error(
                    place,
                    "out-of-range",
                    String.format(Locale.ROOT, "%d is too high; the maximum is %,d", number, most));
            return Optional.empty();
        }
        return Optional.of(number);
    }

    /** It is a whole number, so saying that one is expected would mislead. */
    private void beyondInt(Place place, BigInteger number, int least, int most) {
        findings.error(
                place,
                "out-of-range",
                Quoted.cut(number.toString())
                        + (number.signum() < 0
                                ? " is too low; the minimum is " + least
                                : String.format(Locale.ROOT, " is too high; the maximum is %,d", most)));
    }

    public <T> Optional<T> parsed(String name, Function<String, Parsed<T>> parser) {
        return optional(name).flatMap(place -> parsed(place, parser));
    }

    /** A number or a truth value without quotes is only advised to be quoted where the text in quotes would be right. */
    public <T> Optional<T> parsed(Place place, Function<String, Parsed<T>> parser) {
        if (place.node() instanceof Node.Scalar scalar
                && !(scalar.value() instanceof String)
                && scalar.written().length() <= Limits.SCALAR_LENGTH
                && parser.apply(scalar.written()) instanceof Parsed.Bad<T> bad) {
            findings.error(place, "wrong-type", bad.message());
            return Optional.empty();
        }
        return shortText(place).flatMap(text -> accepted(place, parser.apply(text)));
    }

    /** A duration with its unit. A bare number but 0 is an error, since it could mean seconds or minutes. */
    public Optional<Duration> duration(String name, Function<String, Parsed<Duration>> parser) {
        return optional(name).flatMap(place -> {
            if (place.node() instanceof Node.Scalar scalar && scalar.value() instanceof Number) {
                if (scalar.written().equals("0")) {
                    return accepted(place, parser.apply("0"));
                }
                String number = Quoted.cut(scalar.written());
                findings.error(
                        place,
                        "wrong-type",
                        "expected a duration, got the number " + number + "; write " + number + "s, " + number + "m or "
                                + number + "h");
                return Optional.empty();
            }
            return parsed(place, parser);
        });
    }

    <T> Optional<T> accepted(Place place, Parsed<T> parsed) {
        if (parsed instanceof Parsed.Bad<T> bad) {
            findings.error(place, bad.code(), bad.message());
        }
        return parsed.value();
    }

    public <T> Optional<T> oneOf(Place place, Map<String, T> words) {
        if (place.text().isEmpty()) {
            findings.error(
                    place,
                    "wrong-type",
                    "expected one of " + String.join(", ", words.keySet()) + ", got "
                            + place.node().described());
            return Optional.empty();
        }
        return shortText(place).flatMap(word -> {
            if (!words.containsKey(word)) {
                findings.error(
                        place,
                        "unknown-value",
                        Quoted.of(word) + " is not one of " + String.join(", ", words.keySet())
                                + Nearest.hint(word, words.keySet()));
            }
            return Optional.ofNullable(words.get(word));
        });
    }
}
