package io.tidewatch.cli;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.StrangerText;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** Reads definitions from files instead of a source. */
final class Offline {

    private static final Commit NO_COMMIT = new Commit("files", "", "", Instant.EPOCH, "");

    private Offline() {}

    /**
     * @param scope what the files may define
     * @param schemas which fields the API server takes in manifests
     */
    static Validation read(List<String> paths, Scope scope, Schemas schemas) {
        SortedMap<String, String> texts = Texts.of(paths);
        return new DefinitionReader(scope, schemas).validate(NO_COMMIT, texts);
    }

    /** The same; prints errors on standard error and goes on with the valid definitions. */
    static Validation readAndPrint(List<String> paths, Scope scope, Schemas schemas) {
        Validation read = read(paths, scope, schemas);
        read.definitions().problems().stream()
                .filter(Problem::isError)
                .forEach(problem -> Tidewatch.err().println("tidewatch: " + line(problem)));
        return read;
    }

    static String line(Problem problem) {
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        return StrangerText.line(problem.file()) + ":" + problem.line() + ": " + path + problem.message() + " ["
                + problem.code() + "]";
    }
}
