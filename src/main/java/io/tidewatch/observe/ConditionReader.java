package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.cluster.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads status.conditions by type. */
final class ConditionReader {

    private static final int LONGEST_MESSAGE = 600;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Shared<Condition> CONDITIONS = new Shared<>(4_096);
    private static final Shared<Map<String, Condition>> ALL = new Shared<>(4_096);

    private ConditionReader() {}

    static Map<String, Condition> all(Map<String, Object> object) {
        return read(object, type -> true);
    }

    /** In autoscaling/v1 an HPA's conditions stand in an annotation, as JSON. */
    static Map<String, Condition> ofHpa(Map<String, Object> object) {
        String written = text(map(object, "metadata", "annotations"), "autoscaling.alpha.kubernetes.io/conditions");
        if (written.isEmpty() || !list(map(object, "status"), "conditions").isEmpty()) {
            return all(object);
        }
        try {
            return read(JSON.readValue(written, List.class), type -> true);
        } catch (JsonProcessingException notConditions) {
            return Map.of();
        }
    }

    static Map<String, Condition> read(Map<String, Object> object, Predicate<String> desired) {
        return read(list(map(object, "status"), "conditions"), desired);
    }

    private static Map<String, Condition> read(List<?> entries, Predicate<String> desired) {
        Map<String, Condition> conditions = new HashMap<>();
        for (Object entry : entries) {
            Map<String, Object> condition = map(entry);
            String type = text(condition, "type");
            if (!type.isEmpty() && desired.test(type)) {
                conditions.put(
                        type,
                        CONDITIONS.of(new Condition(
                                type,
                                text(condition, "status"),
                                text(condition, "reason"),
                                brief(text(condition, "message")),
                                instant(condition, "lastTransitionTime"),
                                instant(condition, "lastUpdateTime"))));
            }
        }
        return ALL.of(Map.copyOf(conditions));
    }

    static String brief(String message) {
        return StrangerText.bounded(message, LONGEST_MESSAGE);
    }
}
