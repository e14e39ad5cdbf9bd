package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** The objects of one text, JSON or YAML, and why it could not be read to its end, as {@code :LINE: problem}. */
final class DumpText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Inside a document a comma stands between a closing and an opening bracket, and no string holds a line break. */
    private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("(?<=[}\\]])[ \\t\\r]{0,1000}\\n\\s*(?=[{\\[])");

    private static final int LARGEST_TEXT = Integer.MAX_VALUE;
    private static final int MOST_ALIASES = 50;

    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final int linesBefore;
    private Optional<String> problem = Optional.empty();

    private DumpText(int linesBefore) {
        this.linesBefore = linesBefore;
    }

    /** @param linesBefore how many lines of the file come before the text */
    static DumpText read(String text, int linesBefore) {
        DumpText read = new DumpText(linesBefore);
        if (looksLikeJson(text)) {
            read.json(text);
        } else {
            read.yaml(text);
        }
        return read;
    }

    List<Map<String, Object>> objects() {
        return objects;
    }

    Optional<String> problem() {
        return problem;
    }

    /** Several documents are read as YAML, even if each is JSON. */
    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return (start.startsWith("{") || start.startsWith("[")) && !text.contains("\n---");
    }

    /** Several documents, as several kubectl commands write them into the same file. */
    private void json(String text) {
        Optional<Object> single = single(text);
        if (single.isPresent()) {
            collect(single.get(), "", "");
            return;
        }
        Matcher between = BETWEEN_DOCUMENTS.matcher(text);
        int start = 0;
        try {
            while (between.find()) {
                collect(JSON.readValue(text.substring(start, between.start()), Object.class), "", "");
                start = between.end();
            }
            collect(JSON.readValue(text.substring(start), Object.class), "", "");
        } catch (JsonProcessingException e) {
            long before =
                    text.substring(0, start).chars().filter(c -> c == '\n').count();
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            problem = Optional.of(at((int) before + line) + "not JSON: " + reason(e));
        }
    }

    /** A single document, as nearly every dump is. Finding the borders of several documents takes longer than reading. */
    private static Optional<Object> single(String text) {
        try {
            return Optional.of(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException severalOrBroken) {
            return Optional.empty();
        }
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "it breaks off, as a file that was cut";
        }
        String message = String.valueOf(e.getOriginalMessage());
        return message.startsWith("Trailing token")
                ? "more follows on the line where a document ends"
                : message.lines().findFirst().orElse("unreadable");
    }

    private void yaml(String text) {
        try {
            new Yaml(new BoundedNumbers(limits())).loadAll(text).forEach(document -> collect(document, "", ""));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problem = Optional.of(at(line) + "not YAML: " + firstLine(String.valueOf(e.getProblem())));
        } catch (ReaderException binary) {
            problem = Optional.of(": not a text");
        } catch (StackOverflowError e) {
            problem = Optional.of(": not YAML that can be read, a value in it is too long");
        } catch (YAMLException e) {
            problem = Optional.of(": not YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
    }

    /** A number with very many digits stays a text, because its conversion takes quadratic time. */
    private static final class BoundedNumbers extends SafeConstructor {

        BoundedNumbers(LoaderOptions options) {
            super(options);
            for (Tag tag : List.of(Tag.INT, Tag.FLOAT)) {
                Construct number = Objects.requireNonNull(yamlConstructors.get(tag), "a number is known to YAML");
                yamlConstructors.put(tag, new AbstractConstruct() {
                    @Override
                    public Object construct(Node node) {
                        return node instanceof ScalarNode scalar
                                        && scalar.getValue().length() > Limits.SCALAR_LENGTH
                                ? scalar.getValue()
                                : number.construct(node);
                    }
                });
            }
        }
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_TEXT);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        return options;
    }

    private String at(int line) {
        return ":" + (linesBefore + line) + ": ";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }

    /**
     * @param kind of the items of a list that names it, as {@code kubectl get --raw} prints PodList
     */
    private void collect(Object document, String kind, String apiVersion) {
        if (document instanceof List<?> items) {
            items.forEach(item -> collect(item, "", ""));
            return;
        }
        Map<String, Object> object = map(document);
        String own = text(object, "kind");
        if (own.endsWith("List")) {
            String ofItems = own.substring(0, own.length() - "List".length());
            list(object, "items").forEach(item -> collect(item, ofItems, text(object, "apiVersion")));
            if (list(object, "items").isEmpty() && objects.isEmpty()) {
                problem = Optional.of(": an empty " + own + ", kubectl found nothing");
            }
        } else if (!own.isEmpty()) {
            objects.add(object);
        } else if (!kind.isEmpty() && object.get("metadata") instanceof Map) {
            Map<String, Object> named = new LinkedHashMap<>(object);
            named.put("kind", kind);
            named.put("apiVersion", apiVersion);
            objects.add(named);
        } else if (object.get("items") instanceof List) {
            problem = Optional.of(
                    ": items without a kind, as of a file that was cut: kubectl writes kind: List at the end");
        }
    }
}
