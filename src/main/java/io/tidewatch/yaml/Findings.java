package io.tidewatch.yaml;

import io.tidewatch.model.Problem;

/** The problems of one file, gathered while it is read. */
public final class Findings {

    private final String file;
    private FileProblems found = FileProblems.NOTHING;

    public Findings(String file) {
        this.file = file;
    }

    public void error(int line, String path, String code, String message) {
        found = found.plus(new Problem(file, line, path, Problem.Severity.ERROR, code, message));
    }

    public void warning(int line, String path, String code, String message) {
        found = found.plus(new Problem(file, line, path, Problem.Severity.WARNING, code, message));
    }

    public void error(Place place, String code, String message) {
        error(place.line(), place.path(), code, message);
    }

    public void warning(Place place, String code, String message) {
        warning(place.line(), place.path(), code, message);
    }

    public void note(Place place, String code, String message) {
        found = found.plus(new Problem(file, place.line(), place.path(), Problem.Severity.NOTE, code, message));
    }

    boolean hasErrors() {
        return found.hasErrors();
    }

    public FileProblems found() {
        return found;
    }
}
