package io.tidewatch.playground.sim;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One condition of a Rollout's or Deployment's status; times have whole seconds, as on the wire. */
record WorkloadCondition(
        String type, String status, String reason, String message, Instant updated, Instant transitioned) {

    static WorkloadCondition now(String type, boolean status, String reason, String message, Instant now) {
        return now(type, status ? "True" : "False", reason, message, now);
    }

    static WorkloadCondition now(String type, String status, String reason, String message, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new WorkloadCondition(type, status, reason, message, second, second);
    }

    boolean isTrue() {
        return "True".equals(status);
    }

    WorkloadCondition since(Instant transition) {
        return new WorkloadCondition(type, status, reason, message, updated, transition);
    }

    Map<String, Object> toMap() {
        return Fields.tree(
                "lastTransitionTime", transitioned.toString(),
                "lastUpdateTime", updated.toString(),
                "message", message,
                "reason", reason,
                "status", status,
                "type", type);
    }

    static WorkloadCondition of(Map<String, Object> map) {
        return new WorkloadCondition(
                text(map, "type"),
                text(map, "status"),
                text(map, "reason"),
                text(map, "message"),
                Instant.parse(text(map, "lastUpdateTime")),
                Instant.parse(text(map, "lastTransitionTime")));
    }

    private static String text(Map<String, Object> map, String field) {
        return Fields.at(map, field).map(Object::toString).orElse("");
    }

    /** The conditions in the controller's order: one that changes moves to the end. */
    static final class Book {
        private final List<WorkloadCondition> conditions = new ArrayList<>();

        Book(List<Map<String, Object>> maps) {
            maps.forEach(map -> conditions.add(of(map)));
        }

        Optional<WorkloadCondition> get(String type) {
            return conditions.stream().filter(one -> one.type.equals(type)).findFirst();
        }

        boolean has(String type, String reason) {
            return get(type).filter(one -> one.reason.equals(reason)).isPresent();
        }

        /** Sets it unless status and reason are the same already; says whether it did. */
        boolean set(WorkloadCondition condition) {
            Optional<WorkloadCondition> current = get(condition.type);
            if (current.filter(one -> one.status.equals(condition.status) && one.reason.equals(condition.reason))
                    .isPresent()) {
                return false;
            }
            Instant transition = current.filter(one -> one.status.equals(condition.status))
                    .map(WorkloadCondition::transitioned)
                    .orElse(condition.transitioned);
            remove(condition.type);
            conditions.add(condition.since(transition));
            return true;
        }

        void remove(String type) {
            conditions.removeIf(one -> one.type.equals(type));
        }

        List<Object> toList() {
            return new ArrayList<>(
                    conditions.stream().map(WorkloadCondition::toMap).toList());
        }

        List<WorkloadCondition> all() {
            return List.copyOf(conditions);
        }
    }
}
