package io.tidewatch.config;

import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is said at once. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();

    void error(Place place, String code, String message) {
        add(place, Problem.Severity.ERROR, code, message);
    }

    void warning(Place place, String code, String message) {
        add(place, Problem.Severity.WARNING, code, message);
    }

    /** A setting of the contract that nothing acts on yet: refused, for one that is ignored deceives. */
    void notYet(Place place, String what) {
        error(place, "not-supported-yet", what + " is not supported yet; leave it out");
    }

    boolean refuse() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** Each once, though a field may be looked at more often. */
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
     * Where something stands.
     *
     * @param file one of the three files, or {@code environment}
     * @param line 1-based
     * @param path the field or key; empty for the whole file
     */
    record Place(String file, int line, String path) {}
}
