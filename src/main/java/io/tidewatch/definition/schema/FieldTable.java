package io.tidewatch.definition.schema;

import io.tidewatch.definition.schema.Type.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * The fields of one kind in one version, read from a table in the resources. A table is a properties file: a key is the path of an object, its value the
 * fields of that object, separated by spaces.
 *
 * <pre>
 * field     = name ["!"] ":" type {"/" attribute}         "!": required
 * type      = "[]" type | "{}" type | "object" | "@" key | "any"
 *           | "string" | "integer" | "number" | "boolean" | "int-or-string" | "quantity"
 * attribute = "open" | "embedded" | "format=" F | "min=" N | "max=" N | "enum=" A "|" B | "pattern=" P
 *           | "minLength=" N | "maxLength=" N | "minItems=" N | "maxItems=" N
 * </pre>
 *
 * {@code []} is a list, <code>{}</code> an object with free field names, {@code object} an object whose fields stand under its own path, {@code @key}
 * one whose fields stand under that key. Items and values have the path of their list followed by {@code []} or <code>{}</code>. Signs of the
 * grammar inside a name or value are written as %XX.
 */
public final class FieldTable {

    private static final String KIND = "kind";
    private static final String VERSION = "version";

    private final String product;
    private final String version;
    private final Map<String, Map<String, Field>> objects = new HashMap<>();
    private final Map<String, List<String>> holders = new HashMap<>();

    private FieldTable(String product, ResourceBundle bundle, Optional<ResourceBundle> limits) {
        this.product = product;
        this.version = bundle.getString(VERSION);
        for (String key : bundle.keySet()) {
            if (!key.equals(KIND) && !key.equals(VERSION)) {
                objects.put(key, fields(key, bundle.getString(key)));
            }
        }
        limits.ifPresent(this::limit);
        objects.forEach((key, fields) -> fields.keySet()
                .forEach(name ->
                        holders.merge(name, List.of(key), (a, b) -> a.size() > 1 ? a : List.of(a.get(0), key))));
    }

    /** @param name of the resource beside this class, without its extension */
    static FieldTable load(String product, String name) {
        return new FieldTable(product, bundle(name), Optional.empty());
    }

    /**
     * A table of names and types, with what a table of limits demands of some of its fields.
     *
     * @param name of the first; that of the limits ends with {@code -limits}
     */
    static FieldTable limited(String product, String name) {
        return new FieldTable(product, bundle(name), Optional.of(bundle(name + "-limits")));
    }

    private static ResourceBundle bundle(String name) {
        return ResourceBundle.getBundle(FieldTable.class.getPackageName() + "." + name, Locale.ROOT);
    }

    /** @throws IllegalStateException if a field is limited that the table does not have: that is a mistake in the limits */
    private void limit(ResourceBundle limits) {
        for (String key : limits.keySet()) {
            Map<String, Field> merged = new LinkedHashMap<>(fields(key));
            Map<String, Field> demanded = fields(key, limits.getString(key));
            if (!merged.keySet().containsAll(demanded.keySet())) {
                throw new IllegalStateException(
                        "limits of " + key + " name fields that it does not have: " + demanded.keySet());
            }
            merged.putAll(demanded);
            objects.put(key, Collections.unmodifiableMap(merged));
        }
    }

    String product() {
        return product;
    }

    String version() {
        return version;
    }

    /** The product and its version, as {@code KEDA 2.20}; the product alone where the table is of no version. */
    String label() {
        return version.isEmpty() ? product : product + " " + version;
    }

    Type.ObjectAt object(String key) {
        return new Type.ObjectAt(this, key, false, false);
    }

    /** The fields of an object by name, in the order of the alphabet. */
    Map<String, Field> fields(String key) {
        return objects.getOrDefault(key, Map.of());
    }

    /** The path of the only object that has a field of this name; absent where none or several have it. */
    Optional<String> onlyHolderOf(String name) {
        return Optional.ofNullable(holders.get(name))
                .filter(keys -> keys.size() == 1)
                .map(keys -> keys.get(0));
    }

    private Map<String, Field> fields(String key, String text) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Arrays.stream(text.split(" +", -1)).filter(field -> !field.isEmpty()).forEach(field -> {
            int colon = field.indexOf(':');
            String head = field.substring(0, colon);
            boolean required = head.endsWith("!");
            String name = plain(required ? head.substring(0, head.length() - 1) : head);
            List<String> parts = List.of(field.substring(colon + 1).split("/", -1));
            Map<String, String> attributes = new HashMap<>();
            for (String attribute : parts.subList(1, parts.size())) {
                int equals = attribute.indexOf('=');
                attributes.put(
                        equals < 0 ? attribute : attribute.substring(0, equals),
                        equals < 0 ? "" : attribute.substring(equals + 1));
            }
            fields.put(name, new Field(required, type(key + "." + name, parts.get(0), attributes)));
        });
        return Collections.unmodifiableMap(fields);
    }

    private Type type(String path, String word, Map<String, String> attributes) {
        if (word.startsWith("[]")) {
            return new Type.ListOf(
                    type(path + "[]", word.substring(2), attributes),
                    integer(attributes, "minItems"),
                    integer(attributes, "maxItems"));
        }
        if (word.startsWith("{}")) {
            return new Type.MapOf(type(path + "{}", word.substring(2), attributes));
        }
        if (word.equals("any")) {
            return new Type.Anything();
        }
        if (word.equals("object") || word.startsWith("@")) {
            String key = word.equals("object") ? path : word.substring(1);
            return new Type.ObjectAt(this, key, attributes.containsKey("open"), attributes.containsKey("embedded"));
        }
        return new Type.Scalar(
                Kind.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)),
                attributes.containsKey("enum")
                        ? Arrays.stream(attributes.get("enum").split("\\|", -1))
                                .map(FieldTable::plain)
                                .toList()
                        : List.of(),
                number(attributes, "min"),
                number(attributes, "max"),
                integer(attributes, "minLength"),
                integer(attributes, "maxLength"),
                Optional.ofNullable(attributes.get("pattern")).map(p -> Pattern.compile(plain(p))),
                attributes.getOrDefault("format", ""));
    }

    private static OptionalLong number(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private static OptionalInt integer(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    private static String plain(String escaped) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                plain.append((char) Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                plain.append(escaped.charAt(i));
            }
        }
        return plain.toString();
    }
}
