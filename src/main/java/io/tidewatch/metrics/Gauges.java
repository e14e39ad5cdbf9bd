package io.tidewatch.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tidewatch.model.Severity;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.TargetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How things stand, as gauges: a function of what is known at the instant of a scrape. */
final class Gauges {

    /** The namespaces that have series of their own; the targets of all others are counted together. */
    private static final int MOST_NAMESPACES = 500;

    private static final String OTHER_NAMESPACES = "other";

    private static final double MILLIS = 1_000;

    private Gauges() {}

    static MetricSnapshots of(Current now) {
        List<GaugeSnapshot> all = new ArrayList<>();
        all.add(gauge(
                "tidewatch_leader",
                "1 where this replica writes to the cluster.",
                List.of(point(now.leads() ? 1 : 0))));
        all.add(gauge(
                "tidewatch_last_pass_timestamp_seconds",
                "When a pass last ended.",
                instant(now.standing().loop().ended())));
        sources(now, all);
        all.add(gauge(
                "tidewatch_watch_last_heard_timestamp_seconds",
                "When the API server last sent something about a kind, in the namespace where that is longest ago.",
                by("resource", now.heard())));
        if (now.reports()) {
            all.add(gauge(
                    "tidewatch_next_edge_timestamp_seconds",
                    "When the wanted minimum of any target changes next. In the past: an edge was not acted on.",
                    instant(now.nextEdge())));
            all.add(gauge(
                    "tidewatch_targets",
                    "Scheduled targets by state.",
                    targets(now.standing().targets())));
            all.add(gauge("tidewatch_incidents", "Open incidents.", incidents(now.open())));
            all.add(gauge(
                    "tidewatch_outbox_oldest_timestamp_seconds",
                    "Since when the oldest message waits that the receiver has not accepted. Absent: none waits.",
                    by("receiver", now.oldest())));
        }
        return new MetricSnapshots(
                all.stream().filter(gauge -> !gauge.getDataPoints().isEmpty()).toArray(GaugeSnapshot[]::new));
    }

    private static void sources(Current now, List<GaugeSnapshot> all) {
        Map<String, Instant> pulled = new TreeMap<>();
        Map<String, Instant> committed = new TreeMap<>();
        List<GaugeDataPointSnapshot> problems = new ArrayList<>();
        for (Current.SourceFigures source : now.sources()) {
            source.pulled().ifPresent(at -> pulled.put(source.source(), at));
            source.committed().ifPresent(at -> committed.put(source.source(), at));
            problems.add(point(source.errors(), "source", source.source(), "severity", "error"));
            problems.add(point(source.warnings(), "source", source.source(), "severity", "warning"));
        }
        all.add(gauge(
                "tidewatch_source_last_pull_timestamp_seconds",
                "When the source last answered.",
                by("source", pulled)));
        all.add(gauge(
                "tidewatch_source_commit_timestamp_seconds",
                "When the commit in force was made.",
                by("source", committed)));
        all.add(gauge("tidewatch_source_problems", "Problems of the commit in force.", problems));
    }

    private static List<GaugeDataPointSnapshot> targets(List<TargetStatus> targets) {
        Map<String, Map<State, Integer>> counts = new TreeMap<>();
        for (TargetStatus target : targets) {
            String namespace = target.target().namespace();
            String counted =
                    counts.containsKey(namespace) || counts.size() < MOST_NAMESPACES ? namespace : OTHER_NAMESPACES;
            counts.computeIfAbsent(counted, name -> new EnumMap<>(State.class)).merge(target.state(), 1, Integer::sum);
        }
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        counts.forEach((namespace, states) -> {
            for (State state : State.values()) {
                points.add(point(states.getOrDefault(state, 0), "namespace", namespace, "state", state.word()));
            }
        });
        return points;
    }

    private static List<GaugeDataPointSnapshot> incidents(Collection<Severity> open) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        open.forEach(severity -> counts.merge(severity, 1, Integer::sum));
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            points.add(point(
                    counts.getOrDefault(severity, 0),
                    "severity",
                    severity.name().toLowerCase(Locale.ROOT)));
        }
        return points;
    }

    private static List<GaugeDataPointSnapshot> by(String label, Map<String, Instant> instants) {
        return instants.entrySet().stream()
                .map(one -> point(seconds(one.getValue()), label, one.getKey()))
                .toList();
    }

    private static List<GaugeDataPointSnapshot> instant(Optional<Instant> at) {
        return at.map(known -> List.of(point(seconds(known)))).orElse(List.of());
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / MILLIS;
    }

    private static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(gauge::dataPoint);
        return gauge.build();
    }

    private static GaugeDataPointSnapshot point(double value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(labels.length == 0 ? Labels.EMPTY : Labels.of(labels))
                .build();
    }
}
