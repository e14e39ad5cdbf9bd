package io.tidewatch.definition;

import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems of one file, gathered while it is read. */
final class Findings {

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void error(int line, String path, String code, String message) {
        problems.add(new Problem(file, line, path, Problem.Severity.ERROR, code, message));
    }

    void warning(int line, String path, String code, String message) {
        problems.add(new Problem(file, line, path, Problem.Severity.WARNING, code, message));
    }

    void error(Place place, String code, String message) {
        error(place.line(), place.path(), code, message);
    }

    void warning(Place place, String code, String message) {
        warning(place.line(), place.path(), code, message);
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
