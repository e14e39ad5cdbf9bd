package io.tidewatch.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which windows count, for the alert rules of others. Safe from several threads. */
final class OpenWindows implements Collector {

    /** The windows that have series; further ones have none. */
    static final int MOST_WINDOWS = 10_000;

    private volatile Map<Key, Boolean> windows = Map.of();

    private record Key(String namespace, String schedule, String window) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::namespace)
                .thenComparing(Key::schedule)
                .thenComparing(Key::window);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    OpenWindows(PrometheusRegistry registry) {
        registry.register(this);
    }

    /** @param desired what counts now, of every target that a schedule names */
    void set(Collection<DesiredBounds> desired) {
        SortedMap<Key, Boolean> known = new TreeMap<>();
        for (DesiredBounds bounds : desired) {
            ScaleSchedule schedule = bounds.schedule();
            for (Window window : schedule.windows()) {
                Key key = new Key(schedule.namespace(), schedule.name(), window.name());
                if (known.size() < MOST_WINDOWS || known.containsKey(key)) {
                    known.merge(key, counts(bounds, window), Boolean::logicalOr);
                }
            }
        }
        windows = known;
    }

    /** A raise that leads is before the window. */
    private static boolean counts(DesiredBounds bounds, Window window) {
        return bounds.window()
                .filter(open -> !open.leading())
                .map(OpenWindow::name)
                .filter(window.name()::equals)
                .isPresent();
    }

    @Override
    public MetricSnapshot collect() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("tidewatch_window_open")
                .help(
                        "1 while the window counts for a target of its schedule. Only with tidewatch.metrics.windows = true.");
        windows.forEach((key, counts) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .value(counts ? 1 : 0)
                .labels(Labels.of("namespace", key.namespace(), "schedule", key.schedule(), "window", key.window()))
                .build()));
        return gauge.build();
    }
}
