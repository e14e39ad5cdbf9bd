package io.tidewatch.definition.cron;

import io.tidewatch.yaml.Quoted;
import java.util.ArrayList;
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

    /** What is wrong with the field's text; empty where nothing is. Only the first wrong item of a list is named. */
    Optional<CronComplaint> complaint(String field) {
        return Arrays.stream(field.split(",", -1))
                .flatMap(item -> itemComplaint(item).stream())
                .findFirst();
    }

    /** The field with each wrong item as it should be written; empty where five fields cannot say it. */
    Optional<String> corrected(String field) {
        List<String> items = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            Optional<CronComplaint> complaint = itemComplaint(item);
            Optional<String> right = complaint.isPresent() ? complaint.get().instead() : Optional.of(item);
            if (right.isEmpty()) {
                return Optional.empty();
            }
            items.add(right.get());
        }
        String corrected = String.join(",", items);
        return complaint(corrected).isEmpty() ? Optional.of(corrected) : Optional.empty();
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

    private Optional<CronComplaint> itemComplaint(String item) {
        Optional<CronComplaint> foreign = CronDialects.complaint(name, least, item);
        if (foreign.isPresent()) {
            return foreign;
        }
        Matcher match = ITEM.matcher(item);
        if (!match.matches()) {
            return Optional.of(CronComplaint.of("the " + name + " " + Quoted.of(item)
                    + " is not understood; write *, a number" + (names.isEmpty() ? "" : " or name")
                    + ", a range as 1-5, a step as */15, or several with commas"));
        }
        String from = match.group("from");
        String to = match.group("to");
        String step = match.group("step");
        for (String end : new String[] {from, to}) {
            if (end != null && number(end).isEmpty()) {
                return Optional.of(new CronComplaint(
                        "the " + name + " \"" + end + "\" is not between " + least + " and " + most + orNamed()
                                + CronDialects.hint(name, end),
                        inBounds(from, to, step)));
            }
        }
        if (to != null && number(from).orElseThrow() > endOf(to)) {
            return Optional.of(new CronComplaint(
                    "the " + name + " range " + Quoted.cut(item) + " ends before it begins",
                    Optional.of(turned(from, to, step))));
        }
        if (step != null && Integer.parseInt(step) < 1) {
            return Optional.of(new CronComplaint(
                    "the " + name + " step /" + step + " is not between 1 and " + most,
                    Optional.of(item.substring(0, item.indexOf('/')))));
        }
        if (step != null && Integer.parseInt(step) > most) {
            String first = from == null ? Integer.toString(least) : from;
            return Optional.of(new CronComplaint(
                    "the " + name + " step /" + step + " is not between 1 and " + most
                            + "; steps begin anew with each " + CronDialects.whole(name) + ", so this matches " + first
                            + " alone",
                    Optional.of(first)));
        }
        return Optional.empty();
    }

    /** A range that leaves the field's bounds, cut to them, and a name that was written in full. */
    private Optional<String> inBounds(@Nullable String from, @Nullable String to, @Nullable String step) {
        if (from == null) {
            return Optional.empty();
        }
        Optional<String> first = number(from).isPresent() ? Optional.of(from) : shortName(from);
        Optional<String> end = to == null || number(to).isPresent() ? Optional.ofNullable(to) : shortName(to);
        if (to != null && first.isEmpty() && from.equals("0")) {
            first = Optional.of(Integer.toString(least));
        }
        if (to != null && end.isEmpty() && to.equals(Integer.toString(last + 1))) {
            end = Optional.of(Integer.toString(last));
        }
        if (first.isEmpty() || (to != null && end.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(first.get() + end.map(e -> "-" + e).orElse("") + (step == null ? "" : "/" + step));
    }

    private Optional<String> shortName(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(known -> text.length() > known.length() && lower.startsWith(known))
                .filter(known -> CronDialects.isFullName(lower))
                .findFirst()
                .map(known -> text.substring(0, known.length()));
    }

    /** The two ranges that a range over the end of the field means; with a step the values themselves. */
    private String turned(String from, String to, @Nullable String step) {
        int first = number(from).orElseThrow();
        int end = number(to).orElseThrow();
        if (step != null) {
            List<String> values = new ArrayList<>();
            int width = Math.max(1, Integer.parseInt(step));
            for (int value = first; value <= end + last - least + 1; value += width) {
                values.add(Integer.toString(value > last ? value - last + least - 1 : value));
            }
            return String.join(",", values);
        }
        boolean named = !Character.isDigit(from.charAt(0));
        String high =
                first == last ? from : from + "-" + (named ? likeWritten(from, names.get(names.size() - 1)) : last);
        String low = end == least ? to : (named ? likeWritten(from, names.get(0)) : Integer.toString(least)) + "-" + to;
        return high + "," + low;
    }

    private static String likeWritten(String written, String name) {
        return written.equals(written.toUpperCase(Locale.ROOT)) ? name.toUpperCase(Locale.ROOT) : name;
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
}
