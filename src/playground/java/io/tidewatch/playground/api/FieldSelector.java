package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code fieldSelector} of a list, watch or delete; of custom resources it can ask for name and namespace only. */
final class FieldSelector {

    private static final Pattern REQUIREMENT =
            Pattern.compile("(?<field>[\\w.]+)\\s*(?<operator>==|=|!=)\\s*(?<value>.*)");
    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

    private FieldSelector() {}

    static Predicate<JsonNode> parse(ResourceType type, String text) {
        Predicate<JsonNode> all = object -> true;
        for (String requirement : text.split(",", -1)) {
            if (!requirement.isBlank()) {
                all = all.and(requirement(type, requirement.strip()));
            }
        }
        return all;
    }

    private static Predicate<JsonNode> requirement(ResourceType type, String text) {
        Matcher matcher = REQUIREMENT.matcher(text);
        if (!matcher.matches()) {
            throw ApiFailure.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
        }
        String field = matcher.group("field");
        if (type.has(ResourceType.Trait.CUSTOM) && !ALWAYS.contains(field)) {
            throw ApiFailure.badRequest("field label not supported: " + field);
        }
        boolean desired = !matcher.group("operator").equals("!=");
        String value = matcher.group("value");
        String pointer = "/" + field.replace('.', '/');
        return object -> object.at(pointer).asText("").equals(value) == desired;
    }
}
