package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code labelSelector} of a list, watch or delete: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
final class LabelSelector {

    private static final Pattern IN =
            Pattern.compile("(?<key>[\\w./-]+)\\s+(?<operator>in|notin)\\s*\\((?<values>[^)]*)\\)");
    private static final Pattern EQUALS =
            Pattern.compile("(?<key>[\\w./-]+)\\s*(?<operator>==|=|!=)\\s*(?<values>[\\w.-]*)");
    private static final Pattern EXISTS = Pattern.compile("(?<operator>!?)\\s*(?<key>[\\w./-]+)");

    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

    private LabelSelector() {}

    static Predicate<JsonNode> parse(String text) {
        Predicate<JsonNode> all = object -> true;
        for (String requirement : requirements(text)) {
            all = all.and(requirement(requirement));
        }
        return all;
    }

    private static List<String> requirements(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : COMMA_OUTSIDE_PARENTHESES.split(text, -1)) {
            parts.add(part.strip());
        }
        parts.removeIf(String::isEmpty);
        return parts;
    }

    private static Predicate<JsonNode> requirement(String text) {
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            return among(
                    in.group("key"),
                    values(in.group("values")),
                    in.group("operator").equals("in"));
        }
        Matcher equals = EQUALS.matcher(text);
        if (equals.matches()) {
            boolean desired = !equals.group("operator").equals("!=");
            return among(equals.group("key"), List.of(equals.group("values")), desired);
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            String key = exists.group("key");
            boolean desired = exists.group("operator").isEmpty();
            return object -> label(object, key).isPresent() == desired;
        }
        throw ApiFailure.badRequest("unable to parse requirement: " + text);
    }

    private static List<String> values(String list) {
        return List.of(list.strip().split("\\s*,\\s*", -1));
    }

    /** An object without the label is not among any values, so {@code notin} and {@code !=} take it. */
    private static Predicate<JsonNode> among(String key, List<String> values, boolean desired) {
        return object -> label(object, key).filter(values::contains).isPresent() == desired;
    }

    private static Optional<String> label(JsonNode object, String key) {
        return Optional.ofNullable(
                object.path("metadata").path("labels").path(key).textValue());
    }
}
