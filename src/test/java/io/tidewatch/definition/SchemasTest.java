package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The schemas in deploy/schemas against the reader: neither may know a field, a word or a type that the other does not;
 * and the definitions in deploy/crds against the schemas. {@code -Dtidewatch.schemas.write=true} writes deploy/crds anew.
 */
class SchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("deploy/schemas");
    private static final Path CRDS = Path.of("deploy/crds");
    private static final Path GIVEN = Path.of("src/test/resources/schemas");
    private static final String UNKNOWN = "zzzzzzzzzzzzzzzz";

    /** What no schema can know: other documents, other fields' values, the calendar, the list of zones. */
    private static final Set<String> ONLY_THE_READER = Set.of(
            "never-fires",
            "unknown-zone",
            "min-above-max",
            "lead-above-max",
            "idle-not-below-min",
            "ends-before-start",
            "missing-scaled-object",
            "missing-calendar",
            "missing-file",
            "not-icalendar",
            "second-schedule",
            "duplicate-window",
            "duplicate-remedy",
            "not-supported-yet");
    /** What a pattern knows in part: it takes 99 for an hour and 30 February for a date. */
    private static final Set<String> MORE_THAN_A_PATTERN =
            Set.of("wrong-cron", "wrong-date", "wrong-time", "wrong-duration", "wrong-name");

    private static final List<String> VALUES = List.of(
            "true",
            "0",
            "-1",
            "7",
            "1.5",
            "99999999999",
            "[]",
            "{}",
            "[7]",
            "[{}]",
            "{\"a\":1}",
            "\"\"",
            "\" \"",
            "\"7\"",
            "\"150%\"",
            "\"abc\"",
            "\"a b\"",
            "\"A/b/c\"",
            "\"90s\"",
            "\"-5m\"",
            "\"3 hours\"",
            "\"2026-12-24\"",
            "\"2026-12-24T18:00\"",
            "\"0 2 * * *\"",
            "\"0 2 * *\"",
            "\"@daily\"");

    static List<String> given() throws IOException {
        try (Stream<Path> files = Files.list(GIVEN)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("given")
    void whatIsRightIsRightForBoth(String file) throws IOException {
        JsonNode document = JSON.readTree(GIVEN.resolve(file).toFile());
        assertThat(schemaOf(document).validate(document)).isEmpty();
        assertThat(codes(document)).isSubsetOf("not-supported-yet");
    }

    @ParameterizedTest
    @MethodSource("given")
    void eachObjectHasTheReadersFields(String file) throws IOException {
        JsonNode document = JSON.readTree(GIVEN.resolve(file).toFile());
        List<JsonPointer> closed = new ArrayList<>();
        for (JsonPointer at : paths(document)) {
            Optional<JsonNode> schema = fieldsAt(document, at);
            if (document.at(at).isObject() && schema.isPresent()) {
                JsonNode changed = document.deepCopy();
                ((ObjectNode) changed.at(at)).put(UNKNOWN, 1);
                assertThat(knownTo(changed)).as("%s %s", file, at).isEqualTo(names(schema.get()));
                closed.add(at);
            }
        }
        assertThat(closed).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("given")
    void eachChoiceHasTheReadersWords(String file) throws IOException {
        JsonNode document = JSON.readTree(GIVEN.resolve(file).toFile());
        for (JsonPointer at : paths(document)) {
            JsonNode changed = at.matches() ? document : with(document, at, JSON.readTree("\"" + UNKNOWN + "\""));
            Optional<Set<String>> words = problems(changed).stream()
                    .filter(p -> p.code().equals("unknown-value"))
                    .map(p -> Set.of(
                            p.message().replaceFirst(".*is not one of ", "").split(", ")))
                    .findFirst();
            Set<String> written = new TreeSet<>();
            if (document.at(at).isTextual()) {
                schemaAt(document, at).path("enum").forEach(word -> written.add(word.asText()));
            }
            assertThat(written).as("%s %s", file, at).isEqualTo(words.orElse(Set.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("given")
    void whatTheOneRejectsTheOtherRejectsToo(String file) throws IOException {
        JsonNode document = JSON.readTree(GIVEN.resolve(file).toFile());
        JsonSchema schema = schemaOf(document);
        for (JsonPointer at : paths(document)) {
            if (at.toString().matches("|/apiVersion|/kind")) {
                continue;
            }
            List<JsonNode> changes = new ArrayList<>(List.of(without(document, at)));
            for (String value : VALUES) {
                changes.add(with(document, at, JSON.readTree(value)));
            }
            for (JsonNode changed : changes) {
                Set<String> codes = codes(changed);
                boolean refused = !schema.validate(changed).isEmpty();
                Set<String> mustRefuse = new TreeSet<>(codes);
                mustRefuse.removeAll(ONLY_THE_READER);
                mustRefuse.removeAll(MORE_THAN_A_PATTERN);
                String about = file + " " + at + " = " + changed.at(at) + " reader: " + codes + " schema: "
                        + schema.validate(changed);
                assertThat(refused || mustRefuse.isEmpty()).as(about).isTrue();
                codes.remove("not-supported-yet");
                assertThat(!refused || !codes.isEmpty()).as(about).isTrue();
            }
        }
    }

    @Test
    void patternsRejectPlainMistakes() throws IOException {
        JsonNode document = JSON.readTree(GIVEN.resolve("schedule-in-full.json").toFile());
        JsonSchema schema = schemaOf(document);
        for (String[] wrong : new String[][] {
            {"/spec/windows/0/start", "\"@daily\""},
            {"/spec/windows/0/start", "\"0 2 * *\""},
            {"/spec/windows/0/leadTime", "\"1w\""},
            {"/spec/windows/1/duration", "\"soon\""},
            {"/spec/windows/2/from", "\"2026-12-24\""},
            {"/metadata/name", "\"Checkout\""},
        }) {
            JsonNode changed = with(document, JsonPointer.compile(wrong[0]), JSON.readTree(wrong[1]));
            assertThat(schema.validate(changed)).as(Arrays.toString(wrong)).isNotEmpty();
        }
    }

    /** For the editor of a file with several documents. */
    @Test
    void oneSchemaJudgesEachDocumentByItsKind() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(SchemaLocation.of(
                        SCHEMAS.resolve("tidewatch.json").toUri().toString()));
        for (String file : given()) {
            JsonNode document = JSON.readTree(GIVEN.resolve(file).toFile());
            assertThat(schema.validate(document)).as(file).isEmpty();
            assertThat(schema.validate(with(document, JsonPointer.compile("/spec"), JSON.readTree("7"))))
                    .as(file)
                    .isNotEmpty();
        }
        assertThat(schema.validate(JSON.readTree("{\"apiVersion\":\"v1\",\"kind\":\"Calendar\",\"x\":7}")))
                .isEmpty();
    }

    @Test
    void customResourcesSayWhatTheSchemasSay() throws IOException {
        agree(
                "scaleschedule.json",
                "scaleschedules",
                List.of(
                        new String[] {"ScaledObject", "string", ".spec.scaledObjectRef.name"},
                        new String[] {"Zone", "string", ".spec.timeZone"},
                        new String[] {"Suspended", "boolean", ".spec.suspend"}));
        agree("calendar.json", "calendars", List.of());
    }

    private static void agree(String schema, String plural, List<String[]> columns) throws IOException {
        JsonNode source = JSON.readTree(SCHEMAS.resolve(schema).toFile());
        JsonNode made = new CustomResources(source).definition(plural, columns);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        String text = "# Made of deploy/schemas/" + schema + " by SchemasTest.\n"
                + new Yaml(options).dump(JSON.convertValue(made, Object.class));
        Path file = CRDS.resolve("tidewatch.io_" + plural + ".yaml");
        if (Boolean.getBoolean("tidewatch.schemas.write")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /** The problems' codes; the ScaledObject and the calendars it refers to are there. */
    private static Set<String> codes(JsonNode document) throws IOException {
        return problems(document).stream()
                .filter(Problem::isError)
                .map(Problem::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Problem> problems(JsonNode document) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("it.yaml", JSON.writeValueAsString(document));
        files.put("others.yaml", Files.readString(GIVEN.resolve("others.yaml")));
        files.put("kr.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");
        return new DefinitionReader()
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE)
                .problems();
    }

    /** From the reader's own words about a field it does not know. */
    private static Set<String> knownTo(JsonNode document) throws IOException {
        return problems(document).stream()
                .filter(p -> p.code().equals("unknown-field") && p.path().endsWith(UNKNOWN))
                .map(p -> p.message().replaceFirst(".*known fields are ", ""))
                .flatMap(words -> Arrays.stream(words.split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonSchema schemaOf(JsonNode document) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(source(document));
    }

    private static JsonNode source(JsonNode document) throws IOException {
        String kind = document.get("kind").asText().toLowerCase(java.util.Locale.ROOT);
        return JSON.readTree(SCHEMAS.resolve(kind + ".json").toFile());
    }

    /** The properties that the schema names there; absent where any are taken. */
    private static Optional<JsonNode> fieldsAt(JsonNode document, JsonPointer at) throws IOException {
        JsonNode schema = schemaAt(document, at);
        return schema.path("additionalProperties").isBoolean()
                ? Optional.of(schema.get("properties"))
                : Optional.empty();
    }

    private static JsonNode schemaAt(JsonNode document, JsonPointer at) throws IOException {
        JsonNode root = source(document);
        JsonNode schema = root;
        JsonPointer rest = at;
        while (!rest.matches()) {
            schema = rest.mayMatchElement()
                    ? schema.path("items")
                    : schema.at("/properties/" + rest.getMatchingProperty());
            schema = resolved(root, schema);
            rest = rest.tail();
        }
        return schema;
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        JsonNode found =
                schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
        for (JsonNode choice : found.path("anyOf")) {
            if (choice.path("type").asText().equals("object")) {
                return choice;
            }
        }
        return found;
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonPointer> paths(JsonNode document) {
        List<JsonPointer> paths = new ArrayList<>();
        collect(document, JsonPointer.empty(), paths);
        return paths;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> paths) {
        paths.add(at);
        if (node.isObject()) {
            node.fields().forEachRemaining(f -> collect(f.getValue(), at.appendProperty(f.getKey()), paths));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), at.appendIndex(i), paths);
        }
    }

    private static JsonNode with(JsonNode document, JsonPointer at, JsonNode value) {
        JsonNode changed = document.deepCopy();
        JsonNode parent = changed.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), value);
        }
        return changed;
    }

    private static JsonNode without(JsonNode document, JsonPointer at) {
        JsonNode changed = document.deepCopy();
        JsonNode parent = changed.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.remove(at.last().getMatchingProperty());
        } else {
            ((ArrayNode) parent).remove(at.last().getMatchingIndex());
        }
        return changed;
    }
}
