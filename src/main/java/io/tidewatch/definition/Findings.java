package io.tidewatch.definition;

import io.tidewatch.model.Problem;

/** The problems of one file, gathered while it is read. */
final class Findings {

    private final String file;
    private Found found = Found.NOTHING;

    Findings(String file) {
        this.file = file;
    }

    void error(int line, String path, String code, String message) {
        found = found.plus(new Problem(file, line, path, Problem.Severity.ERROR, code, message));
    }

    void warning(int line, String path, String code, String message) {
        found = found.plus(new Problem(file, line, path, Problem.Severity.WARNING, code, message));
    }

    void error(Place place, String code, String message) {
        error(place.line(), place.path(), code, message);
    }

    void warning(Place place, String code, String message) {
        warning(place.line(), place.path(), code, message);
    }

    boolean hasErrors() {
        return found.hasErrors();
    }

    Found found() {
        return found;
    }
}
