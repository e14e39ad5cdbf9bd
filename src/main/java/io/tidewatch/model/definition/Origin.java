package io.tidewatch.model.definition;

/** Where a thing was written: path within its source, and 1-based line. */
public record Origin(String source, String file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
