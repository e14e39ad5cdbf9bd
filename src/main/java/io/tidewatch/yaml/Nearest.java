package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped name resembles most. */
public final class Nearest {

    private Nearest() {}

    /**
     * Absent where no known name resembles the written one, where the written one is longer than any name that people type,
     * and where too many names are known to compare them all.
     */
    public static Optional<String> to(String written, Collection<String> known) {
        if (written.length() > Limits.NEAREST_LENGTH || known.size() > Limits.NEAREST_CANDIDATES) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length())
                        <= Math.max(1, Math.min(written.length(), name.length()) / 3 + 1))
                .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(c -> c.distance()
                        <= Math.max(1, Math.min(written.length(), c.name().length()) / 3 + 1))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** {@code "; did you mean x?"}, or nothing. */
    public static String hint(String written, Collection<String> known) {
        return to(written, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** {@code did you mean x?}, or which fields are known. */
    public static String field(String written, Collection<String> known) {
        return to(written, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "known fields are " + String.join(", ", known));
    }

    private record Candidate(String name, int distance) {}

    /** The Levenshtein distance: how many letters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
