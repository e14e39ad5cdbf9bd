package io.tidewatch.view.detail;

import io.tidewatch.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How early or late the last steps were, as a small chart: the line is the promised instant, above it is late, below it early.
 *
 * @param text the same in one sentence
 * @param bars the oldest first
 */
public record Spark(String text, List<Bar> bars) {

    private static final int MOST = 30;
    private static final int HALF = 24;
    private static final int HUNDREDTHS = 10_000;

    public Spark {
        bars = List.copyOf(bars);
    }

    /** One step. */
    public record Bar(String x, String width, int y, int height, boolean late, String text) {}

    /** @param rows the newest first */
    public static Spark of(List<TargetView.NightRow> rows) {
        List<TargetView.NightRow> kept = new ArrayList<>(rows.stream()
                .filter(row -> row.lateness().isPresent())
                .limit(MOST)
                .toList());
        Collections.reverse(kept);
        long most = kept.stream()
                .mapToLong(row -> Math.abs(row.lateness().orElse(0L)))
                .max()
                .orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            bars.add(bar(kept.get(i), i, kept.size(), Math.max(1, most)));
        }
        return new Spark(text(kept), bars);
    }

    private static Bar bar(TargetView.NightRow row, int index, int of, long most) {
        long seconds = row.lateness().orElse(0L);
        int height = (int) Math.max(2, Math.abs(seconds) * (HALF - 2) / most);
        int slot = HUNDREDTHS / Math.max(of, 10);
        return new Bar(
                percent(slot * index),
                percent(slot * 7 / 10),
                seconds > 0 ? HALF - height : HALF,
                height,
                seconds > 0,
                row.time() + ": " + words(seconds));
    }

    private static String text(List<TargetView.NightRow> kept) {
        if (kept.isEmpty()) {
            return "";
        }
        long latest =
                kept.stream().mapToLong(row -> row.lateness().orElse(0L)).max().orElse(0);
        return "The last " + (kept.size() == 1 ? "step was " : kept.size() + " steps: the latest was ") + words(latest);
    }

    private static String words(long seconds) {
        if (seconds == 0) {
            return "on the second";
        }
        return Durations.roughly(Duration.ofSeconds(Math.abs(seconds))) + (seconds > 0 ? " late" : " before its time");
    }

    private static String percent(int hundredths) {
        return hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100 + "%";
    }
}
