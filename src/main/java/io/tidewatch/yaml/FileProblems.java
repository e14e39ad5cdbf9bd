package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The problems of one file: at most {@link Limits#PROBLEMS_IN_FILE} errors and as many others, and how many more there are.
 *
 * @param warnings and notes
 * @param more how many problems are not kept
 * @param hidden codes of the errors that are not kept
 */
public record FileProblems(List<Problem> errors, List<Problem> warnings, int more, Set<String> hidden) {

    public static final FileProblems NOTHING = new FileProblems(List.of(), List.of(), 0, Set.of());

    private static final String CODE = "more-problems";
    private static final Comparator<Problem> BY_LINE =
            Comparator.comparingInt(Problem::line).thenComparing(Problem::path).thenComparing(Problem::severity);

    public FileProblems {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        hidden = Set.copyOf(hidden);
    }

    static FileProblems of(List<Problem> problems) {
        FileProblems found = NOTHING;
        for (Problem problem : problems) {
            found = found.plus(problem);
        }
        return found;
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public Set<String> codesOfErrors() {
        Set<String> codes = new HashSet<>(hidden);
        errors.forEach(error -> codes.add(error.code()));
        return codes;
    }

    /** Without the warnings. */
    public FileProblems errorsAlone() {
        return new FileProblems(errors, List.of(), hidden.isEmpty() ? 0 : more, hidden);
    }

    public Stream<Problem> kept() {
        return Stream.concat(errors.stream(), warnings.stream());
    }

    public FileProblems plus(Problem problem) {
        List<Problem> kind = problem.isError() ? errors : warnings;
        if (kind.size() >= Limits.PROBLEMS_IN_FILE) {
            return new FileProblems(
                    errors, warnings, more + 1, problem.isError() ? with(hidden, problem.code()) : hidden);
        }
        List<Problem> longer = new ArrayList<>(kind);
        longer.add(problem);
        return problem.isError()
                ? new FileProblems(longer, warnings, more, hidden)
                : new FileProblems(errors, longer, more, hidden);
    }

    public FileProblems plus(FileProblems other) {
        FileProblems both = this;
        for (Problem problem : other.kept().toList()) {
            both = both.plus(problem);
        }
        Set<String> codes = new HashSet<>(both.hidden);
        codes.addAll(other.hidden);
        return new FileProblems(both.errors, both.warnings, both.more + other.more, codes);
    }

    /** The problems to report, by line. The last one counts those that are left out. */
    public List<Problem> toReport() {
        List<Problem> all = kept().toList();
        List<Problem> reported = new ArrayList<>(all.subList(0, Math.min(all.size(), Limits.PROBLEMS_IN_FILE)));
        reported.sort(BY_LINE);
        int leftOut = all.size() - reported.size() + more;
        if (leftOut > 0) {
            reported.add(rest(reported.get(reported.size() - 1), leftOut, hidden, "in this file"));
        }
        return reported;
    }

    /**
     * The problems of all files of a commit to report: at most {@link Limits#PROBLEMS_IN_COMMIT}, errors before warnings.
     *
     * @param files in the order of the report
     */
    public static List<Problem> toReport(Iterable<FileProblems> files) {
        List<Problem> all = new ArrayList<>();
        int number = 0;
        for (FileProblems file : files) {
            List<Problem> reported = file.toReport();
            all.addAll(reported);
            number += file.errors.size() + file.warnings.size() + file.more;
        }
        if (all.size() <= Limits.PROBLEMS_IN_COMMIT) {
            return all;
        }
        List<Problem> reported = new ArrayList<>();
        Stream.concat(all.stream().filter(Problem::isError), all.stream().filter(problem -> !problem.isError()))
                .limit(Limits.PROBLEMS_IN_COMMIT)
                .forEach(reported::add);
        reported.sort(Comparator.comparing(Problem::file).thenComparing(BY_LINE));
        long shown = reported.stream()
                .filter(problem -> !problem.code().equals(CODE))
                .count();
        Set<String> hidden = new HashSet<>();
        all.stream().filter(Problem::isError).skip(Limits.PROBLEMS_IN_COMMIT).forEach(p -> hidden.add(p.code()));
        reported.add(rest(reported.get(reported.size() - 1), (int) (number - shown), hidden, "in this commit"));
        return reported;
    }

    /** Counts the problems that are left out: a warning if none of them is an error; with their code if they share one. */
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
