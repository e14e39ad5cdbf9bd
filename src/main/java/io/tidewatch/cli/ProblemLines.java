package io.tidewatch.cli;

import io.tidewatch.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Problems as lines for people, and as rows for scripts. */
final class ProblemLines {

    /** Of the severities, with the space behind them. */
    private static final int COLUMN = "warning  ".length();

    private ProblemLines() {}

    /** One line each. */
    static String of(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(severity(problem))
                    .append(" ".repeat(COLUMN - severity(problem).length()))
                    .append(Offline.line(problem))
                    .append('\n');
        }
        return text.toString();
    }

    /** How many of each severity, notes only where there are any. */
    static String counts(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long notes = problems.stream().filter(Problem::isNote).count();
        return counted(errors, "error") + ", " + counted(problems.size() - errors - notes, "warning")
                + (notes == 0 ? "" : ", " + counted(notes, "note"));
    }

    static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static List<Object> rows(List<Problem> problems) {
        List<Object> rows = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", problem.file());
            row.put("line", problem.line());
            row.put("path", problem.path());
            row.put("severity", severity(problem));
            row.put("code", problem.code());
            row.put("message", problem.message());
            rows.add(row);
        }
        return rows;
    }

    private static String severity(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT);
    }
}
