package io.tidewatch.definition.read;

import io.tidewatch.yaml.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reader of one field of a cron: {@code *}, numbers, names, ranges, lists and steps.
 *
 * @param nameOffset the number of the first name
 * @param most the largest number that may be written
 * @param last the value at which {@code *} and {@code 5/10} end; below {@code most} only for weekdays, whose 7 is Sunday
 *     a second time
 */
record CronField(String name, int least, int most, int last, int nameOffset, List<String> names) {

    private static final Pattern ITEM = Pattern.compile(
            "(?:\\*|(?<from>[A-Za-z0-9]{1,20})(?:-(?<to>[A-Za-z0-9]{1,20}))?)(?:/(?<step>[0-9]{1,4}))?");

    /** What is wrong with the field's text, as the rest of a message; empty where nothing is. */
    Optional<String> complaint(String field) {
        for (String item : field.split(",", -1)) {
            Optional<String> complaint = itemComplaint(item);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    /**
     * The values that match, as bits; Sunday is bit 0.
     *
     * @throws IllegalArgumentException where there is a {@link #complaint}
     */
    long bits(String field) {
        long bits = 0;
        for (String item : field.split(",", -1)) {
            Matcher match = ITEM.matcher(item);
            if (!match.matches()) {
                throw new IllegalArgumentException("Not a cron's " + name + ": " + field);
            }
            String from = match.group("from");
            String to = match.group("to");
            String step = match.group("step");
            int first = firstOf(from, to);
            int end = to != null ? endOf(to) : from == null || step != null ? last : first;
            for (int value = first; value <= end; value += step == null ? 1 : Integer.parseInt(step)) {
                bits |= 1L << folded(value);
            }
        }
        return bits;
    }

    /** As in a CronJob, {@code *} anywhere in a list leaves the field unrestricted; a step over {@code *} restricts it. */
    boolean isRestricted(String field) {
        return Arrays.stream(field.split(",", -1)).noneMatch(item -> item.equals("*") || item.matches("\\*/0{0,3}1"));
    }

    private Optional<String> itemComplaint(String item) {
        Matcher match = ITEM.matcher(item);
        if (!match.matches()) {
            return Optional.of("the " + name + " " + Quoted.of(item) + " is not understood" + foreign(item)
                    + "; write *, a number" + (names.isEmpty() ? "" : " or name")
                    + ", a range as 1-5, a step as */15, or several with commas");
        }
        String from = match.group("from");
        String to = match.group("to");
        String step = match.group("step");
        for (String end : new String[] {from, to}) {
            if (end != null && number(end).isEmpty()) {
                return Optional.of("the " + name + " \"" + end + "\" is not between " + least + " and " + most
                        + orNamed() + foreign(end));
            }
        }
        if (to != null && number(from).orElseThrow() > endOf(to)) {
            return Optional.of("the " + name + " range " + Quoted.cut(item)
                    + " ends before it begins; write it as two, with a comma");
        }
        if (step != null && (Integer.parseInt(step) < 1 || Integer.parseInt(step) > most)) {
            return Optional.of("the " + name + " step /" + step + " is not between 1 and " + most);
        }
        return Optional.empty();
    }

    private int firstOf(@Nullable String from, @Nullable String to) {
        if (from == null) {
            return least;
        }
        int first = number(from).orElseThrow();
        if (to == null) {
            return folded(first);
        }
        return isNamedSunday(from) && endOf(to) == most ? most : first;
    }

    /** A range that ends in the name sun ends with the week: {@code fri-sun} is {@code 5-7}, {@code sun-sun} Sunday. */
    private int endOf(String to) {
        return isNamedSunday(to) ? most : number(to).orElseThrow();
    }

    private boolean isNamedSunday(String text) {
        return last < most && !Character.isDigit(text.charAt(0)) && number(text).orElseThrow() == least;
    }

    private int folded(int value) {
        return value > last ? least : value;
    }

    private OptionalInt number(String text) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return OptionalInt.of(named + nameOffset);
        }
        if (text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private String orNamed() {
        return names.isEmpty() ? "" : ", nor one of " + String.join(" ", names);
    }

    private static String foreign(String item) {
        return item.contains("L") || item.contains("W") || item.contains("#") || item.contains("?")
                ? " (L, W, # and ? are Quartz's, not a CronJob's)"
                : "";
    }
}
