package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.Condition;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Reads status.conditions by type. */
final class ConditionReader {

    private static final int LONGEST_MESSAGE = 600;

    private ConditionReader() {}

    static Map<String, Condition> all(Map<String, Object> object) {
        return read(object, type -> true);
    }

    static Map<String, Condition> read(Map<String, Object> object, Predicate<String> wanted) {
        Map<String, Condition> conditions = new HashMap<>();
        for (Object entry : list(map(object, "status"), "conditions")) {
            Map<String, Object> condition = map(entry);
            String type = text(condition, "type");
            if (!type.isEmpty() && wanted.test(type)) {
                conditions.put(
                        type,
                        new Condition(
                                type,
                                text(condition, "status"),
                                text(condition, "reason"),
                                brief(text(condition, "message")),
                                instant(condition, "lastTransitionTime"),
                                instant(condition, "lastUpdateTime")));
            }
        }
        return conditions;
    }

    static String brief(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
