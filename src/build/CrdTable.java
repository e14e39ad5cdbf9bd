import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes a table of fields from a CustomResourceDefinition. It needs a JDK and nothing else:
 *
 * <pre>java src/build/CrdTable.java CRD.yaml VERSION > src/main/resources/io/tidewatch/definition/schema/rollout-1-8.properties</pre>
 *
 * The table keeps names, types and limits of the fields below {@code spec}, and neither descriptions nor rules (CEL). Its grammar
 * is told by {@code io.tidewatch.definition.schema.FieldTable}, which reads it. Keywords of a schema that the table cannot hold are
 * named on standard error; leaving them out makes the table milder, never stricter.
 */
final class CrdTable {

    private static final Set<String> SAYS_NOTHING_OF_A_FIELD = Set.of(
            "description",
            "title",
            "example",
            "externalDocs",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type");
    private static final int FEWEST_FIELDS_TO_SHARE = 2;

    private final Map<String, List<String>> objects = new LinkedHashMap<>();
    private final Map<String, String> firstOf = new HashMap<>();

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: java src/build/CrdTable.java CRD.yaml VERSION");
            System.exit(2);
        }
        Object crd = new BlockYaml(Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)).document();
        System.out.print(new CrdTable().table(map(crd), args[1]));
    }

    private String table(Map<String, Object> crd, String version) {
        Map<String, Object> spec = map(crd.get("spec"));
        List<Map<String, Object>> stored = list(spec.get("versions")).stream()
                .map(CrdTable::map)
                .filter(v -> "true".equals(v.get("storage")))
                .toList();
        if (stored.size() != 1) {
            throw new IllegalArgumentException("expected one version with storage: true, found " + stored.size());
        }
        Map<String, Object> schema = map(map(map(stored.get(0).get("schema")).get("openAPIV3Schema")).get("properties"));
        addObject("spec", map(schema.get("spec")));
        StringBuilder text = new StringBuilder("# Made by src/build/CrdTable.java. Do not edit.\n");
        text.append("kind=").append(map(spec.get("names")).get("kind")).append('\n');
        text.append("version=").append(version).append('\n');
        objects.forEach((path, fields) -> text.append(path)
                .append('=')
                .append(fields.stream().map(f -> "\\\n  " + f.replace("\\", "\\\\")).collect(Collectors.joining(" ")))
                .append('\n'));
        return text.toString();
    }

    /** The fields of an object, under its path or under that of an equal object before it, which is returned. */
    private String addObject(String path, Map<String, Object> schema) {
        Map<String, Object> properties = new TreeMap<>(map(schema.getOrDefault("properties", Map.of())));
        String canonical = canonical(schema);
        String first = firstOf.get(canonical);
        if (first != null) {
            return first;
        }
        if (properties.size() >= FEWEST_FIELDS_TO_SHARE) {
            firstOf.put(canonical, path);
        }
        List<String> fields = new ArrayList<>();
        objects.put(path, fields);
        Set<String> required = list(schema.getOrDefault("required", List.of())).stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        properties.forEach((name, field) -> {
            boolean mustBeWritten = required.contains(name) && !map(field).containsKey("default");
            fields.add(escaped(name) + (mustBeWritten ? "!" : "") + ":" + type(path + "." + name, map(field)));
        });
        return path;
    }

    private String type(String path, Map<String, Object> schema) {
        List<String> attributes = new ArrayList<>();
        schema.forEach((keyword, value) -> attribute(keyword, value, attributes, path));
        String type = shape(path, schema);
        return type + attributes.stream().sorted().map(a -> "/" + a).collect(Collectors.joining());
    }

    private String shape(String path, Map<String, Object> schema) {
        boolean open = "true".equals(schema.get("x-kubernetes-preserve-unknown-fields"));
        if ("true".equals(schema.get("x-kubernetes-int-or-string"))) {
            return "int-or-string";
        }
        if (schema.containsKey("items")) {
            return "[]" + type(path + "[]", map(schema.get("items")));
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            return "{}" + type(path + "{}", map(values));
        }
        String type = (String) schema.getOrDefault("type", "any");
        if (!type.equals("object")) {
            return type;
        }
        boolean anything = "true".equals(schema.get("additionalProperties"));
        if (!schema.containsKey("properties") && (open || anything)) {
            return "{}any";
        }
        String fields = addObject(path, schema);
        return (fields.equals(path) ? "object" : "@" + fields) + (open ? "/open" : "");
    }

    private static void attribute(String keyword, Object value, List<String> attributes, String path) {
        switch (keyword) {
            case "format", "pattern", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
                attributes.add(keyword + "=" + escaped((String) value));
            case "minimum" -> attributes.add("min=" + value);
            case "maximum" -> attributes.add("max=" + value);
            case "nullable" -> {
                // a null counts as absent wherever it is read
            }
            case "x-kubernetes-embedded-resource" -> {
                if ("true".equals(value)) {
                    attributes.add("embedded");
                }
            }
            case "enum" ->
                attributes.add("enum="
                        + list(value).stream().map(v -> escaped((String) v)).collect(Collectors.joining("|")));
            case "type",
                    "properties",
                    "required",
                    "items",
                    "additionalProperties",
                    "default",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-int-or-string" -> {
                // told by shape and by the object around it
            }
            case "anyOf" -> {
                if (!list(value).stream().allMatch(v -> map(v).keySet().equals(Set.of("type")))) {
                    System.err.println(path + ": " + keyword + " is left out");
                }
            }
            default -> {
                if (!SAYS_NOTHING_OF_A_FIELD.contains(keyword)) {
                    System.err.println(path + ": " + keyword + " is left out");
                }
            }
        }
    }

    /** Equal for schemas that mean the same, whatever they are described as. */
    private static String canonical(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            return new TreeMap<>(map(map))
                    .entrySet().stream()
                            .filter(e -> !(SAYS_NOTHING_OF_A_FIELD.contains(e.getKey()) && e.getValue() instanceof String))
                            .map(e -> e.getKey() + ":" + canonical(e.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        }
        return schema instanceof List<?> list
                ? list.stream().map(CrdTable::canonical).collect(Collectors.joining(",", "[", "]"))
                : "'" + schema + "'";
    }

    /** Without the signs that part fields and attributes. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append("%/|:!@= \n".indexOf(c) < 0 ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("expected an object, got " + value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new IllegalArgumentException("expected a list, got " + value);
    }

    /** The YAML that controller-gen writes: block objects, block lists, every form of scalar; all scalars are texts. */
    private static final class BlockYaml {

        private final List<String> lines;
        private int at;

        BlockYaml(List<String> lines) {
            this.lines = lines;
        }

        Object document() {
            while (at < lines.size() && (isBlank() || lines.get(at).equals("---"))) {
                at++;
            }
            Object value = block(0);
            while (at < lines.size() && (isBlank() || lines.get(at).equals("---"))) {
                at++;
            }
            if (at < lines.size()) {
                throw wrong("a second document, or an indentation that fits nothing");
            }
            return value;
        }

        private boolean isBlank() {
            String text = lines.get(at).strip();
            return text.isEmpty() || text.startsWith("#");
        }

        private boolean hasMore() {
            while (at < lines.size() && isBlank()) {
                at++;
            }
            return at < lines.size();
        }

        private static int indent(String line) {
            int indent = 0;
            while (indent < line.length() && line.charAt(indent) == ' ') {
                indent++;
            }
            return indent;
        }

        private static boolean isItem(String line) {
            String text = line.strip();
            return text.equals("-") || text.startsWith("- ");
        }

        private Object block(int indent) {
            return isItem(lines.get(at)) ? sequence(indent) : mapping(indent);
        }

        private List<Object> sequence(int indent) {
            List<Object> items = new ArrayList<>();
            while (hasMore() && indent(lines.get(at)) == indent && isItem(lines.get(at))) {
                String rest = lines.get(at).substring(indent + 1);
                String text = rest.strip();
                if (text.isEmpty()) {
                    at++;
                    hasMore();
                    items.add(block(indent(lines.get(at))));
                } else if (keyEnd(text) >= 0 || isItem(text)) {
                    lines.set(at, " ".repeat(indent + 1) + rest);
                    items.add(block(indent(lines.get(at))));
                } else {
                    items.add(scalar(text, indent));
                }
            }
            return items;
        }

        private Map<String, Object> mapping(int indent) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (hasMore() && indent(lines.get(at)) == indent && !isItem(lines.get(at))) {
                String text = lines.get(at).strip();
                int end = keyEnd(text);
                if (end < 0) {
                    throw wrong("neither a field nor an item");
                }
                String key = unquoted(text.substring(0, end));
                String value = text.substring(end + 1).strip();
                if (map.put(key, value.isEmpty() ? nested(indent) : scalar(value, indent)) != null) {
                    throw wrong("the second " + key);
                }
            }
            return map;
        }

        private Object nested(int indent) {
            at++;
            if (!hasMore()) {
                return "";
            }
            int next = indent(lines.get(at));
            boolean isListOfThisField = next == indent && isItem(lines.get(at));
            return next > indent || isListOfThisField ? block(next) : "";
        }

        /** Where the key ends, or -1 if there is none. */
        private static int keyEnd(String text) {
            int from = 0;
            char first = text.charAt(0);
            if (first == '"' || first == '\'') {
                from = text.indexOf(first, 1) + 1;
                return from > 0 && from < text.length() && text.charAt(from) == ':' ? from : -1;
            }
            for (int i = from; i < text.length(); i++) {
                if (text.charAt(i) == ':' && (i + 1 == text.length() || text.charAt(i + 1) == ' ')) {
                    return i;
                }
            }
            return -1;
        }

        private Object scalar(String first, int indent) {
            if (first.equals("{}")) {
                at++;
                return new LinkedHashMap<String, Object>();
            }
            if (first.equals("[]")) {
                at++;
                return new ArrayList<>();
            }
            if (first.startsWith("{") || first.startsWith("[") || "&*!%@`".indexOf(first.charAt(0)) >= 0) {
                throw wrong("a form of YAML that is not read here");
            }
            StringBuilder text = new StringBuilder(first);
            at++;
            while (at < lines.size() && (lines.get(at).isBlank() || indent(lines.get(at)) > indent)) {
                text.append(' ').append(lines.get(at).strip());
                at++;
            }
            return first.startsWith("|") || first.startsWith(">") ? text.toString() : unquoted(text.toString().strip());
        }

        private String unquoted(String text) {
            if (text.startsWith("'")) {
                return text.substring(1, text.length() - 1).replace("''", "'");
            }
            if (text.startsWith("\"")) {
                String inside = text.substring(1, text.length() - 1);
                return inside.replace("\\\"", "\"").replace("\\\\", "\\");
            }
            return text;
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("line " + (at + 1) + ": " + what);
        }
    }
}
