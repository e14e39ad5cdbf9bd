package io.tidewatch.loop.source;

/** Writes one line about a source to the diary. */
@FunctionalInterface
public interface SourceDiary {

    void write(String source, String text);
}
