package io.tidewatch.model.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A label selector as text, as kubectl takes it: {@code a=b, c!=d, e in (f,g), h notin (i), j, !k}.
 *
 * @param text as written; empty selects every object
 */
public record LabelSelector(String text) {

    /** Selects every object. */
    public static final LabelSelector ALL = new LabelSelector("");

    /** Longer texts count as unreadable: each comma looks ahead over the rest. */
    private static final int LONGEST = 4_000;

    private static final Pattern BETWEEN_REQUIREMENTS = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern EQUALITY =
            Pattern.compile("([^\\s!=()]{1,317})\\s{0,99}(==|=|!=)\\s{0,99}([^\\s!=()]{0,63})");
    private static final Pattern SET =
            Pattern.compile("([^\\s!=()]{1,317})\\s{1,99}(in|notin)\\s{0,99}\\(([^()]{0,9999})\\)");
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s{0,99}([^\\s!=()]{1,317})");

    /** Whether an object with these labels is selected; absent where the selector cannot be read. */
    public Optional<Boolean> selects(Map<String, String> labels) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<Predicate<Map<String, String>>> all = new ArrayList<>();
        for (String part : BETWEEN_REQUIREMENTS.split(text.strip(), -1)) {
            if (part.isBlank()) {
                continue;
            }
            Optional<Predicate<Map<String, String>>> requirement = requirement(part.strip());
            if (requirement.isEmpty()) {
                return Optional.empty();
            }
            all.add(requirement.get());
        }
        return Optional.of(all.stream().allMatch(requirement -> requirement.test(labels)));
    }

    /** An object without the label satisfies {@code !=} and {@code notin}. */
    private static Optional<Predicate<Map<String, String>>> requirement(String part) {
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return Optional.of(oneOf(
                    equality.group(1),
                    Set.of(equality.group(3)),
                    equality.group(2).equals("!=")));
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values =
                    Stream.of(set.group(3).split(",")).map(String::strip).collect(Collectors.toSet());
            return Optional.of(oneOf(set.group(1), values, set.group(2).equals("notin")));
        }
        Matcher existence = EXISTENCE.matcher(part);
        if (existence.matches()) {
            boolean isAbsent = !existence.group(1).isEmpty();
            String key = existence.group(2);
            return Optional.of(labels -> labels.containsKey(key) != isAbsent);
        }
        return Optional.empty();
    }

    private static Predicate<Map<String, String>> oneOf(String key, Set<String> values, boolean isNegated) {
        return labels -> (labels.containsKey(key) && values.contains(labels.get(key))) != isNegated;
    }
}
