package io.tidewatch.model.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the raises of one target take from the first write until their pods are available, as its ScaledObject remembers it:
 * {@code 6m30s p90 of 14 raises until 2026-11-21}. The windows of the schedule bound it by {@code leadTime} and {@code maxLead}.
 *
 * @param length the 90th percentile, rounded up to {@link #UNIT}; at most {@link #LONGEST}
 * @param raises on how many raises it rests, {@link #FEWEST} to {@link #MOST}
 * @param until the raises before noon of this day count, in the schedule's zone
 */
public record LearnedLead(Duration length, int raises, LocalDate until) {

    /** With fewer raises nothing is learned. */
    public static final int FEWEST = 5;

    /** Of more raises the last ones count. */
    public static final int MOST = 20;

    public static final Duration UNIT = Duration.ofSeconds(30);
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Pattern TEXT = Pattern.compile(
            "(?:(\\d{1,2})h)?(?:(\\d{1,2})m)?(?:(\\d{1,2})s)? p90 of (\\d{1,2}) raises until (\\d{4}-\\d{2}-\\d{2})");

    /**
     * What the raises of a target teach: the 90th percentile of their lengths, by nearest rank.
     *
     * @param lengths the newest first; after {@link #MOST} the rest does not count
     * @return nothing where they are fewer than {@link #FEWEST}
     */
    public static Optional<LearnedLead> of(List<Duration> lengths, LocalDate until) {
        List<Duration> last = lengths.stream().limit(MOST).sorted().toList();
        if (last.size() < FEWEST) {
            return Optional.empty();
        }
        int rank = (last.size() * 9 + 9) / 10;
        return Optional.of(new LearnedLead(roundedUp(last.get(rank - 1)), last.size(), until));
    }

    private static Duration roundedUp(Duration length) {
        if (length.compareTo(LONGEST) >= 0) {
            return LONGEST;
        }
        Duration positive = length.isNegative() ? Duration.ZERO : length;
        return UNIT.multipliedBy(positive.plus(UNIT).minusNanos(1).dividedBy(UNIT));
    }

    /** A text that Tidewatch would not write counts as absent. */
    public static Optional<LearnedLead> read(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        Duration length = Duration.ofHours(number(found.group(1)))
                .plusMinutes(number(found.group(2)))
                .plusSeconds(number(found.group(3)));
        return date(found.group(5))
                .map(until -> new LearnedLead(length, (int) number(found.group(4)), until))
                .filter(lead -> lead.isSound() && lead.text().equals(text));
    }

    private boolean isSound() {
        return length.compareTo(LONGEST) <= 0
                && length.toSeconds() % UNIT.toSeconds() == 0
                && raises >= FEWEST
                && raises <= MOST;
    }

    /** As the annotation has it. */
    public String text() {
        return text(length) + " " + basis();
    }

    /** What it rests on. */
    public String basis() {
        return "p90 of " + raises + " raises until " + until;
    }

    /** A length to the second, unlike a duration for a narrow column. */
    public static String text(Duration length) {
        String text =
                part(length.toHours(), "h") + part(length.toMinutesPart(), "m") + part(length.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
