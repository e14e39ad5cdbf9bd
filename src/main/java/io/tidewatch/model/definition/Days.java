package io.tidewatch.model.definition;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;

/** A set of dates from 1970 to 2199, 10 kB whatever it holds. Immutable. */
public final class Days {

    /** The first date that is not followed any more. */
    public static final LocalDate HORIZON = LocalDate.of(2200, 1, 1);

    public static final Days NONE = new Days(new long[0]);

    private final long[] words;

    private Days(long[] words) {
        this.words = words;
    }

    /** @param days by number of days since 1970-01-01 */
    public static Days of(BitSet days) {
        BitSet followed = (BitSet) days.clone();
        followed.clear((int) HORIZON.toEpochDay(), Math.max((int) HORIZON.toEpochDay(), followed.length()));
        return new Days(followed.toLongArray());
    }

    public boolean contains(LocalDate date) {
        long day = date.toEpochDay();
        return day >= 0 && day / Long.SIZE < words.length && (words[(int) (day / Long.SIZE)] & (1L << day)) != 0;
    }

    /** By number of days since 1970-01-01; the caller's own. */
    public BitSet bits() {
        return BitSet.valueOf(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Days days && Arrays.equals(words, days.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return bits().cardinality() + " days";
    }
}
