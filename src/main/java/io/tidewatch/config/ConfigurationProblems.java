package io.tidewatch.config;

import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The problems of the whole configuration: three files and the environment, gathered while they are read and reported
 * together. Unlike {@link io.tidewatch.yaml.Findings}, which keeps a bounded number for one file of a commit, it keeps all:
 * an operator writes these files, and some warnings make sense only while no file has an error.
 */
final class ConfigurationProblems {

    private final List<Problem> problems = new ArrayList<>();

    void error(Place place, String code, String message) {
        add(place, Problem.Severity.ERROR, code, message);
    }

    void warning(Place place, String code, String message) {
        add(place, Problem.Severity.WARNING, code, message);
    }

    /** Reports a documented setting that has no effect yet: a setting that is silently ignored would mislead. */
    void notSupported(Place place, String what) {
        error(place, "not-supported-yet", what + " is not supported yet; leave it out");
    }

    boolean anyError() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** By file and line. A field may be read more than once, so equal problems are reported once. */
    List<Problem> all() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .toList();
    }

    private void add(Place place, Problem.Severity severity, String code, String message) {
        problems.add(new Problem(place.file(), place.line(), place.path(), severity, code, message));
    }

    /**
     * The place of a setting.
     *
     * @param file one of the three files, or {@code environment}
     * @param line 1-based
     * @param path the field or key; empty for the whole file
     */
    record Place(String file, int line, String path) {}
}
