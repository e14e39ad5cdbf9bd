package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Composes the nodes of one part of a file, bounded in depth and in the values that its aliases expand to. */
public final class NodeComposer {

    private final int linesBefore;
    private final ParserImpl parser;
    private final Map<String, Optional<Node>> anchors = new HashMap<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private long aliased;

    private NodeComposer(YamlText.Part part) {
        linesBefore = part.firstLine() - 1;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        parser = new ParserImpl(new StreamReader(part.text()), options);
    }

    /** @param duplicates keys written twice, which are errors only in a document of Tidewatch's kinds */
    public record Document(Node root, List<Duplicate> duplicates) {
        public Document {
            duplicates = List.copyOf(duplicates);
        }
    }

    /** @param firstLine where the key was written first */
    public record Duplicate(int line, String path, String key, int firstLine) {}

    public static List<Document> documents(YamlText.Part part) throws UnreadableText {
        try {
            return new NodeComposer(part).documents();
        } catch (YAMLException e) {
            throw SyntaxMessages.of(e, part);
        }
    }

    private List<Document> documents() throws UnreadableText {
        List<Document> documents = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            if (parser.checkEvent(Event.ID.DocumentStart)) {
                parser.getEvent();
                anchors.clear();
                duplicates.clear();
                Node root = node("", 1);
                documents.add(new Document(root, duplicates));
            } else {
                parser.getEvent();
            }
        }
        return documents;
    }

    private Node node(String path, int depth) throws UnreadableText {
        Event event = parser.getEvent();
        int line = line(event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias, line);
        }
        if (depth > Limits.NESTING) {
            throw new UnreadableText(
                    line,
                    "too-deep",
                    "nested more than " + Limits.NESTING + " levels deep; Kubernetes objects never are");
        }
        Optional<String> anchor =
                event instanceof NodeEvent node ? Optional.ofNullable(node.getAnchor()) : Optional.empty();
        anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
        Node node;
        if (event instanceof SequenceStartEvent) {
            node = sequence(line, path, depth);
        } else if (event instanceof MappingStartEvent) {
            node = mapping(line, path, depth);
        } else {
            node = ExplicitTag.scalar(line, (ScalarEvent) event);
        }
        anchor.ifPresent(name -> anchors.put(name, Optional.of(node)));
        return node;
    }

    private Node aliased(AliasEvent alias, int line) throws UnreadableText {
        String name = alias.getAnchor();
        Optional<Node> target = Optional.ofNullable(anchors.get(name))
                .orElseThrow(() -> new UnreadableText(
                        line,
                        "unknown-alias",
                        "*" + Quoted.cut(name) + " refers to an anchor &" + Quoted.cut(name)
                                + " that is not defined above it in this document"));
        Node node = target.orElseThrow(() -> new UnreadableText(
                line, "recursive-alias", "*" + Quoted.cut(name) + " is inside its own anchor &" + Quoted.cut(name)));
        aliased += node.size();
        if (aliased > Limits.ALIASED_VALUES) {
            throw new UnreadableText(
                    line,
                    "alias-bomb",
                    "aliases up to *" + Quoted.cut(name) + " expand to more than " + Limits.ALIASED_VALUES
                            + " values; write them out or use fewer");
        }
        return node;
    }

    private Node sequence(int line, String path, int depth) throws UnreadableText {
        List<Node> items = new ArrayList<>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Node item = node(Place.itemPath(path, items.size()), depth + 1);
            items.add(item);
            size += item.size();
        }
        parser.getEvent();
        return new Node.Sequence(line, items, size);
    }

    private Node mapping(int line, String path, int depth) throws UnreadableText {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        int mergeLine = 0;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            boolean plain =
                    parser.peekEvent() instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getTag() == null;
            Node keyNode = node(path, depth + 1);
            String key = key(keyNode);
            Place here = new Place(path, "", line, keyNode);
            Node value = node(here.pathOf(key), depth + 1);
            if (plain && key.equals("<<")) {
                merged.add(value);
                mergeLine = keyNode.line();
                continue;
            }
            Node.@Nullable Entry first = entries.putIfAbsent(key, new Node.Entry(key, keyNode.line(), value));
            if (first != null) {
                duplicates.add(new Duplicate(keyNode.line(), here.pathOf(key), key, first.line()));
            }
        }
        parser.getEvent();
        for (Node source : merged) {
            merge(entries, source, mergeLine);
        }
        long size = 1;
        for (Node.Entry entry : entries.values()) {
            size += entry.value().size();
        }
        return new Node.Mapping(line, List.copyOf(entries.values()), size);
    }

    /** Fields of the object itself win, then those of the earlier source. */
    private static void merge(Map<String, Node.Entry> entries, Node source, int line) throws UnreadableText {
        if (source instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
            return;
        }
        if (!(source instanceof Node.Sequence sequence)) {
            throw new UnreadableText(line, "wrong-merge", "<< merges objects, not " + source.described());
        }
        for (Node item : sequence.items()) {
            if (!(item instanceof Node.Mapping mapping)) {
                throw new UnreadableText(line, "wrong-merge", "<< merges objects, not " + item.described());
            }
            mapping.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        }
    }

    /** Keys of an API object are text; as with kubectl, {@code on} becomes "true" and {@code 0x10} "16". */
    private static String key(Node node) throws UnreadableText {
        if (node instanceof Node.Scalar scalar && scalar.value() != null) {
            return scalar.value().toString();
        }
        throw new UnreadableText(
                node.line(),
                "wrong-key",
                "a key must be a string, not " + node.described()
                        + "; if this is a template, point the source at rendered manifests");
    }

    private int line(Event event) {
        return linesBefore + event.getStartMark().getLine() + 1;
    }
}
