package io.tidewatch.definition.read;

import io.tidewatch.yaml.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a cron: {@code *}, numbers, names, ranges, lists and steps.
 *
 * @param nameOffset the number of the first name
 */
record CronField(String name, int least, int most, int nameOffset, List<String> names) {

    private static final Pattern ITEM = Pattern.compile(
            "(?:\\*|(?<from>[A-Za-z0-9]{1,20})(?:-(?<to>[A-Za-z0-9]{1,20}))?)(?:/(?<step>[0-9]{1,4}))?");

    /** What is wrong with a field, in words. */
    Optional<String> complaint(String field) {
        for (String item : field.split(",", -1)) {
            Optional<String> complaint = itemComplaint(item);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    /** The numbers that a field without complaint matches. */
    SortedSet<Integer> values(String field) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String item : field.split(",", -1)) {
            Matcher match = ITEM.matcher(item);
            if (!match.matches()) {
                throw new IllegalArgumentException("a field with a complaint: " + field);
            }
            String from = match.group("from");
            String to = match.group("to");
            String step = match.group("step");
            int first = from == null ? least : number(from).orElseThrow();
            int last = to != null ? lastOf(to) : from == null || step != null ? most : first;
            for (int value = first; value <= last; value += step == null ? 1 : Integer.parseInt(step)) {
                values.add(value);
            }
        }
        return values;
    }

    /** As a CronJob sees it: {@code *} anywhere in a list leaves a field free, a step over it restricts. */
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
        if (to != null && number(from).orElseThrow() > lastOf(to)) {
            return Optional.of("the " + name + " range " + Quoted.cut(item)
                    + " ends before it begins; write it as two, with a comma");
        }
        if (step != null && (Integer.parseInt(step) < 1 || Integer.parseInt(step) > most)) {
            return Optional.of("the " + name + " step /" + step + " is not between 1 and " + most);
        }
        return Optional.empty();
    }

    /** A week that is written to its end ends with Sunday, be it called 0, 7 or sun. */
    private int lastOf(String to) {
        int last = number(to).orElseThrow();
        return most == 7 && last == 0 && !Character.isDigit(to.charAt(0)) ? 7 : last;
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
