package io.tidewatch.definition.check;

import java.util.Optional;
import java.util.stream.Stream;

/** The texts of files at earlier commits; read only if no good version of a broken file is remembered. */
@FunctionalInterface
public interface PastTexts extends AutoCloseable {

    /** No history is known. */
    PastTexts NONE = path -> Stream.empty();

    /** The versions of a file, newest first, read lazily. */
    Stream<PastText> of(String path);

    /** The text that says how far back the search went; empty if it covered the whole history. */
    default Optional<String> cut() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /** @param commit the id of the commit that brought this text */
    record PastText(String commit, String text) {}
}
