package io.tidewatch.definition.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The errors and notes of one iCalendar file, each with the line at which its property begins. A bounded number is kept. */
final class IcsProblems {

    private static final int KEPT = 20;

    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int more;

    /**
     * @param line counted from 1
     * @param words the problem and the correct form, without a full stop
     */
    void add(int line, String words) {
        if (problems.size() < KEPT) {
            problems.add(String.format(Locale.ROOT, " line %d: %s", line, words));
        } else {
            more++;
        }
    }

    /** What is read in one of the ways in which calendars read it; the file stays valid. */
    void note(int line, String words) {
        if (notes.size() < KEPT) {
            notes.add(String.format(Locale.ROOT, " line %d: %s", line, words));
        }
    }

    /** The errors as a text that follows the file's name; the first ones if there are many. */
    List<String> notes() {
        return List.copyOf(notes);
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
