package io.tidewatch.definition;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is wrong with one file: as many problems as are told of one, errors before warnings, and how many more there are.
 *
 * @param more how many are not kept
 * @param hidden codes of the errors among them
 */
record Found(List<Problem> errors, List<Problem> warnings, int more, Set<String> hidden) {

    static final Found NOTHING = new Found(List.of(), List.of(), 0, Set.of());

    private static final String CODE = "more-problems";
    private static final Comparator<Problem> BY_LINE =
            Comparator.comparingInt(Problem::line).thenComparing(Problem::path).thenComparing(Problem::severity);

    Found {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        hidden = Set.copyOf(hidden);
    }

    static Found of(List<Problem> problems) {
        Found found = NOTHING;
        for (Problem problem : problems) {
            found = found.plus(problem);
        }
        return found;
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    Set<String> codesOfErrors() {
        Set<String> codes = new HashSet<>(hidden);
        errors.forEach(error -> codes.add(error.code()));
        return codes;
    }

    /** Without the warnings. */
    Found errorsAlone() {
        return new Found(errors, List.of(), hidden.isEmpty() ? 0 : more, hidden);
    }

    Stream<Problem> kept() {
        return Stream.concat(errors.stream(), warnings.stream());
    }

    Found plus(Problem problem) {
        List<Problem> kind = problem.isError() ? errors : warnings;
        if (kind.size() >= Limits.PROBLEMS_IN_FILE) {
            return new Found(errors, warnings, more + 1, problem.isError() ? with(hidden, problem.code()) : hidden);
        }
        List<Problem> longer = new ArrayList<>(kind);
        longer.add(problem);
        return problem.isError() ? new Found(longer, warnings, more, hidden) : new Found(errors, longer, more, hidden);
    }

    Found plus(Found other) {
        Found both = this;
        for (Problem problem : other.kept().toList()) {
            both = both.plus(problem);
        }
        Set<String> codes = new HashSet<>(both.hidden);
        codes.addAll(other.hidden);
        return new Found(both.errors, both.warnings, both.more + other.more, codes);
    }

    /** What is told of the file, by line; the last says how much is not. */
    List<Problem> told() {
        List<Problem> all = kept().toList();
        List<Problem> told = new ArrayList<>(all.subList(0, Math.min(all.size(), Limits.PROBLEMS_IN_FILE)));
        told.sort(BY_LINE);
        int untold = all.size() - told.size() + more;
        if (untold > 0) {
            told.add(rest(told.get(told.size() - 1), untold, hidden, "in this file"));
        }
        return told;
    }

    /**
     * Of all files of a commit: the first so many, errors before warnings.
     *
     * @param files in the order in which they are told
     */
    static List<Problem> told(Iterable<Found> files) {
        List<Problem> all = new ArrayList<>();
        int number = 0;
        for (Found file : files) {
            List<Problem> told = file.told();
            all.addAll(told);
            number += file.errors.size() + file.warnings.size() + file.more;
        }
        if (all.size() <= Limits.PROBLEMS_IN_COMMIT) {
            return all;
        }
        List<Problem> told = new ArrayList<>();
        Stream.concat(all.stream().filter(Problem::isError), all.stream().filter(problem -> !problem.isError()))
                .limit(Limits.PROBLEMS_IN_COMMIT)
                .forEach(told::add);
        told.sort(Comparator.comparing(Problem::file).thenComparing(BY_LINE));
        long shown =
                told.stream().filter(problem -> !problem.code().equals(CODE)).count();
        Set<String> hidden = new HashSet<>();
        all.stream().filter(Problem::isError).skip(Limits.PROBLEMS_IN_COMMIT).forEach(p -> hidden.add(p.code()));
        told.add(rest(told.get(told.size() - 1), (int) (number - shown), hidden, "in this commit"));
        return told;
    }

    /** A warning where no error is among the rest; with their code where they share one. */
    private static Problem rest(Problem last, int number, Set<String> hidden, String where) {
        return new Problem(
                last.file(),
                last.line(),
                "",
                hidden.isEmpty() ? Problem.Severity.WARNING : Problem.Severity.ERROR,
                hidden.size() == 1 ? hidden.iterator().next() : CODE,
                "and " + number + " more " + where);
    }

    private static Set<String> with(Set<String> codes, String code) {
        if (codes.contains(code)) {
            return codes;
        }
        Set<String> more = new HashSet<>(codes);
        more.add(code);
        return more;
    }
}
