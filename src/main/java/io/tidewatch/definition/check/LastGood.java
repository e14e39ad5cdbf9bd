package io.tidewatch.definition.check;

import io.tidewatch.definition.read.OtherFiles;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.Optional;
import java.util.function.Predicate;

/** What a file defined when it was last good: remembered, or found in the history. */
public record LastGood(
        Checkout checkout,
        Optional<SourceDefinitions> previous,
        PastTexts past,
        Scope scope,
        OtherFiles files,
        Schemas schemas) {

    /** Whether this process had the file in force before; if not, the history is searched. */
    boolean remembers(String path) {
        return previous.isPresent() && previous.get().files().containsKey(path);
    }

    /** @param acceptable what a version from the history must satisfy besides being good by itself */
    Optional<FileDefinitions> of(String path, Predicate<ReadFile> acceptable) {
        if (previous.isPresent()) {
            return Optional.ofNullable(previous.get().files().get(path));
        }
        String source = checkout.commit().source();
        try (var versions = past.of(path)) {
            return versions.filter(
                            version -> !version.text().equals(checkout.files().get(path)))
                    .map(version -> scope.limit(
                            ReadFile.of(source, path, version.commit(), version.text(), files, schemas, scope.kinds())))
                    .filter(ReadFile::isGood)
                    .filter(acceptable)
                    .findFirst()
                    .map(ReadFile::definitions);
        }
    }
}
