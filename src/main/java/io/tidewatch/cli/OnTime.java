package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often the last steps of one window of one target were on time. A step that was superseded counts in neither way.
 *
 * @param window absent as {@code "-"}: the steps back to the baseline
 */
record OnTime(String target, String window, int onTime, int late, int failed, int superseded) {

    static final List<String> HEADINGS = List.of("NAME", "WINDOW", "ON TIME", "LATE", "FAILED", "SUPERSEDED", "RATIO");

    /** Thirty nights of a window that opens once a night. */
    private static final int STEPS = 30;

    /** @param steps newest first */
    static List<OnTime> of(List<JsonNode> steps) {
        Map<List<String>, List<String>> results = new LinkedHashMap<>();
        for (JsonNode step : steps) {
            if (step.hasNonNull("onTime")) {
                List<String> known = results.computeIfAbsent(
                        List.of(
                                step.path("target").asText(),
                                step.hasNonNull("window") ? step.path("window").asText() : "-"),
                        key -> new ArrayList<>());
                if (known.size() < STEPS) {
                    known.add(step.path("onTime").asText());
                }
            }
        }
        return results.entrySet().stream()
                .map(entry -> new OnTime(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        count(entry.getValue(), "on_time"),
                        count(entry.getValue(), "late"),
                        count(entry.getValue(), "failed"),
                        count(entry.getValue(), "superseded")))
                .toList();
    }

    static List<Map<String, @Nullable Object>> document(List<OnTime> windows) {
        return windows.stream().map(OnTime::fields).toList();
    }

    private static int count(List<String> results, String word) {
        return (int) results.stream().filter(word::equals).count();
    }

    private Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("target", target);
        fields.put("window", window.equals("-") ? null : window);
        fields.put("onTime", onTime);
        fields.put("late", late);
        fields.put("failed", failed);
        fields.put("superseded", superseded);
        fields.put("ratio", counted() == 0 ? null : ratio());
        return fields;
    }

    List<String> row() {
        return List.of(
                target,
                window,
                Integer.toString(onTime),
                Integer.toString(late),
                Integer.toString(failed),
                Integer.toString(superseded),
                counted() == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * ratio()));
    }

    private int counted() {
        return onTime + late + failed;
    }

    private double ratio() {
        return (double) onTime / counted();
    }
}
