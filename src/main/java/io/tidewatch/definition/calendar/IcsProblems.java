package io.tidewatch.definition.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The errors of one iCalendar file, each with the line at which its property begins. A bounded number is kept. */
final class IcsProblems {

    private static final int KEPT = 20;

    private final List<String> problems = new ArrayList<>();
    private int more;

    /**
     * @param line counted from 1
     * @param words what is wrong and what to write instead, without a full stop
     */
    void add(int line, String words) {
        if (problems.size() < KEPT) {
            problems.add(String.format(Locale.ROOT, " line %d: %s", line, words));
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** As they follow the file's name: {@code " line 7: …"}. */
    List<String> sentences() {
        List<String> all = new ArrayList<>(problems);
        if (more > 0) {
            all.add(String.format(Locale.ROOT, " has %,d more errors; fix those above first", more));
        }
        return all;
    }
}
