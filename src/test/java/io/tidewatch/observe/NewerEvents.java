package io.tidewatch.observe;

import java.util.LinkedHashMap;
import java.util.Map;

/** Events of the core API as the API events.k8s.io/v1 serves them: the same fields under other names. */
public final class NewerEvents {

    private static final Map<String, String> NAMES = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "count", "deprecatedCount",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "source", "deprecatedSource",
            "reportingComponent", "reportingController");

    private NewerEvents() {}

    /** An Event as an API server converts it; any other object as it is. */
    public static Map<String, Object> of(Map<String, Object> object) {
        if (!"Event".equals(object.get("kind"))) {
            return object;
        }
        Map<String, Object> newer = new LinkedHashMap<>();
        object.forEach((key, value) -> newer.put(NAMES.getOrDefault(key, key), value));
        newer.put("apiVersion", "events.k8s.io/v1");
        return newer;
    }
}
