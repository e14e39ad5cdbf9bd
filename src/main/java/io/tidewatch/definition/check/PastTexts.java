package io.tidewatch.definition.check;

import java.util.Optional;
import java.util.stream.Stream;

/** What files said at earlier commits; asked only when nothing is remembered of a file that is broken now. */
@FunctionalInterface
public interface PastTexts extends AutoCloseable {

    /** No history at hand. */
    PastTexts NONE = path -> Stream.empty();

    /** The versions of a file, newest first, read lazily. */
    Stream<PastText> of(String path);

    /** How far back was looked, in words, where there would be more; empty where nothing was left out. */
    default Optional<String> cut() {
        return Optional.empty();
    }

    @Override
    default void close() {}

    /** @param commit the id of the commit that brought this text */
    record PastText(String commit, String text) {}
}
