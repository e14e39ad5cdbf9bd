package io.tidewatch.definition.check;

import java.util.Optional;
import java.util.stream.Stream;

/** The texts of files at earlier commits; read only if no good version of a broken file is remembered. */
@FunctionalInterface
public interface PastTexts extends AutoCloseable {

    /** No history at hand. */
    PastTexts NONE = path -> Stream.empty();

    /** The versions of a file, newest first, read lazily. */
    Stream<PastText> of(String path);

    /** How far back the search went, in words, if the history is longer; empty if it covered all. */
    default Optional<String> cut() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /** @param commit the id of the commit that brought this text */
    record PastText(String commit, String text) {}
}
