package io.tidewatch.definition.read;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.yaml.FileProblems;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.InternalFault;
import io.tidewatch.yaml.NodeComposer;
import io.tidewatch.yaml.UnreadableText;
import io.tidewatch.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The content of one version of a file, read by itself.
 *
 * @param found what is wrong in it
 * @param neighbours objects of other kinds that matter to ScaledObjects
 * @param wholly whether each of its documents could be told apart and named, be it right or wrong
 */
public record ReadFile(
        String path,
        String commit,
        List<ReadDocument> documents,
        List<Neighbour> neighbours,
        FileProblems found,
        boolean wholly) {

    public ReadFile {
        documents = List.copyOf(documents);
        neighbours = List.copyOf(neighbours);
    }

    public boolean isGood() {
        return !found.hasErrors();
    }

    public FileDefinitions definitions() {
        return new FileDefinitions(
                path,
                commit,
                documents.stream().flatMap(d -> d.schedule().stream()).toList(),
                documents.stream().flatMap(d -> d.calendar().stream()).toList(),
                documents.stream().flatMap(d -> d.manifest().stream()).toList(),
                neighbours.stream().flatMap(n -> n.hpa().stream()).toList());
    }

    /** To be kept until the next commit: what it defines, without the fields that it was read from. */
    public ReadFile stripped() {
        return with(
                commit,
                documents.stream()
                        .map(document -> document.withRoot(() -> {
                            throw new IllegalStateException(path + " is kept without its text");
                        }))
                        .toList());
    }

    /** The same text at another commit. */
    public ReadFile at(String otherCommit, String text) {
        Roots roots = new Roots(text);
        return with(
                otherCommit,
                documents.stream()
                        .map(document -> document.withRoot(() -> roots.get(document.index())))
                        .toList());
    }

    private ReadFile with(String otherCommit, List<ReadDocument> others) {
        return new ReadFile(path, otherCommit, others, neighbours, found, wholly);
    }

    public static boolean isYaml(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    /**
     * @param files of the whole source: calendars refer to other files
     * @param schemas which fields the API server takes in manifests
     * @param kinds the further kinds that are manifests
     */
    public static ReadFile of(
            String source,
            String path,
            String commit,
            String text,
            OtherFiles files,
            Schemas schemas,
            Set<FurtherKind> kinds) {
        Findings findings = new Findings(path);
        List<ReadDocument> documents = new ArrayList<>();
        boolean wholly = true;
        Optional<Integer> foreign = foreignLine(text);
        if (foreign.isPresent()) {
            findings.error(
                    foreign.get(), "", "not-utf8", "the file contains bytes that are not UTF-8; save it as UTF-8");
            return new ReadFile(path, commit, documents, List.of(), findings.found(), false);
        }
        int index = 0;
        DocumentReader reader = new DocumentReader(new Origin(source, path, 0), findings, files, schemas, kinds);
        List<YamlText.Part> parts = YamlText.parts(text);
        if (parts.size() > Limits.DOCUMENTS_IN_FILE) {
            tooMany(findings, parts.get(Limits.DOCUMENTS_IN_FILE).firstLine(), parts.size());
            return new ReadFile(path, commit, documents, List.of(), findings.found(), false);
        }
        for (YamlText.Part part : parts) {
            try {
                for (NodeComposer.Document document : NodeComposer.documents(part)) {
                    List<NodeComposer.Document> items = ListItems.of(document);
                    if (index + items.size() > Limits.DOCUMENTS_IN_FILE) {
                        tooMany(findings, document.root().line(), index + items.size());
                        return new ReadFile(path, commit, List.of(), List.of(), findings.found(), false);
                    }
                    for (NodeComposer.Document item : items) {
                        reader.read(item, index).ifPresent(documents::add);
                        index++;
                    }
                }
            } catch (UnreadableText e) {
                findings.error(e.line(), "", e.code(), e.words());
                wholly = false;
            } catch (RuntimeException | StackOverflowError fault) {
                findings.error(part.firstLine(), "", "cannot-be-judged", InternalFault.words(fault));
                wholly = false;
            }
        }
        return new ReadFile(path, commit, documents, reader.neighbours(), findings.found(), wholly);
    }

    private static void tooMany(Findings findings, int line, int documents) {
        findings.error(
                line,
                "",
                "too-many",
                String.format(
                        Locale.ROOT,
                        "the file has %,d documents, of which none is read; the maximum is %,d",
                        documents,
                        Limits.DOCUMENTS_IN_FILE));
    }

    /** Bytes that are not UTF-8 arrive as U+FFFD. */
    private static Optional<Integer> foreignLine(String text) {
        int at = text.indexOf('\uFFFD');
        return at < 0 ? Optional.empty() : Optional.of(YamlText.lines(text.substring(0, at)).length);
    }
}
