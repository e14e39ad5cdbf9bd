package io.tidewatch.definition;

import io.tidewatch.model.FileDefinitions;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one version of a file says by itself.
 *
 * @param wholly whether each of its documents could be told apart and named, be it right or wrong
 */
record ReadFile(String path, String commit, List<ReadDocument> documents, List<Problem> problems, boolean wholly) {

    ReadFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    boolean isGood() {
        return problems.stream().noneMatch(Problem::isError);
    }

    FileDefinitions definitions() {
        return new FileDefinitions(
                path,
                commit,
                documents.stream().flatMap(d -> d.schedule().stream()).toList(),
                documents.stream().flatMap(d -> d.calendar().stream()).toList(),
                documents.stream().flatMap(d -> d.manifest().stream()).toList());
    }

    static boolean isYaml(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    /** @param files of the whole source: calendars refer to other files */
    static ReadFile of(String source, String path, String commit, String text, OtherFiles files) {
        Findings findings = new Findings(path);
        List<ReadDocument> documents = new ArrayList<>();
        boolean wholly = true;
        Optional<Integer> foreign = foreignLine(text);
        if (foreign.isPresent()) {
            findings.error(foreign.get(), "", "not-utf8", "bytes that are not UTF-8; save the file as UTF-8");
            return new ReadFile(path, commit, documents, findings.problems(), false);
        }
        DocumentReader reader = new DocumentReader(source, path, findings, files);
        List<YamlText.Part> parts = YamlText.parts(text);
        if (parts.size() > Limits.DOCUMENTS_IN_FILE) {
            findings.error(
                    parts.get(Limits.DOCUMENTS_IN_FILE).firstLine(),
                    "",
                    "too-many",
                    String.format(
                            Locale.ROOT,
                            "the file has %,d documents, of which none is read; the most is %,d",
                            parts.size(),
                            Limits.DOCUMENTS_IN_FILE));
            return new ReadFile(path, commit, documents, findings.problems(), false);
        }
        for (YamlText.Part part : parts) {
            try {
                for (NodeComposer.Document document : NodeComposer.documents(part)) {
                    reader.read(document).ifPresent(documents::add);
                }
            } catch (Unreadable e) {
                findings.error(e.line(), "", e.code(), e.words());
                wholly = false;
            } catch (RuntimeException | StackOverflowError fault) {
                findings.error(part.firstLine(), "", "cannot-be-judged", InternalFault.words(fault));
                wholly = false;
            }
        }
        return new ReadFile(path, commit, documents, findings.problems(), wholly);
    }

    /** Bytes that are not UTF-8 arrive as U+FFFD. */
    private static Optional<Integer> foreignLine(String text) {
        int at = text.indexOf('\uFFFD');
        return at < 0 ? Optional.empty() : Optional.of(YamlText.lines(text.substring(0, at)).length);
    }
}
