package io.tidewatch.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus reads of this process. The names are in {@code docs/metrics.txt}, which a test holds against a scrape. Source: the
 * contract's "Metrics".
 */
public final class Metrics {

    /** The type of what {@link #scrape} returns. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final PrometheusTextFormatWriter FORMAT = PrometheusTextFormatWriter.create();

    private static final String ACCEPTED = "accepted";

    private static final String FAILED = "failed";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PassCounters counters = new PassCounters(registry);
    private final Counter messages;
    private final RequestCounter requests;
    private final Optional<OpenWindows> windows;
    private volatile boolean metFaults;
    private volatile Optional<Instant> nextEdge = Optional.empty();

    // of the thread of the pass
    private @Nullable StepMemory steps;
    private RemedyMemory remedies = RemedyMemory.NONE;

    /** Knows how things stand at the instant of a scrape. Must not wait for a pass, a pull or the cluster. */
    @FunctionalInterface
    public interface CurrentState {

        /** @param nextEdge as of the last pass */
        Current now(Optional<Instant> nextEdge);
    }

    /**
     * @param receivers the names of the receivers that are configured
     * @param windows whether each window has a series of its own
     */
    public Metrics(Build build, Collection<String> receivers, boolean windows) {
        Info.builder()
                .name("tidewatch_build_info")
                .help("Which build runs, on which Java and with which rules of time zones.")
                .labelNames("version", "revision", "java", "tzdata")
                .register(registry)
                .setLabelValues(build.version(), build.revision(), build.java(), build.tzdata());
        this.requests = new RequestCounter(registry);
        this.windows = windows ? Optional.of(new OpenWindows(registry)) : Optional.empty();
        this.messages = Counter.builder()
                .withoutExemplars()
                .name("tidewatch_messages_total")
                .help("Attempts to deliver a message, by receiver.")
                .labelNames("receiver", "outcome")
                .register(registry);
        for (String receiver : receivers) {
            messages.initLabelValues(receiver, ACCEPTED);
            messages.initLabelValues(receiver, FAILED);
        }
    }

    /** From now on a scrape has the gauges, too. */
    public void describe(CurrentState state) {
        registry.register((MultiCollector) () -> Gauges.of(state.now(nextEdge)));
    }

    /**
     * Counts what a pass did. Of several replicas only the one that reports counts; another one forgets what it knew.
     *
     * @param reports whether this replica reports
     */
    public void count(Pass pass, boolean reports) {
        metFaults = !pass.faults().isEmpty();
        nextEdge = pass.desired().next().stream().findFirst();
        windows.ifPresent(known -> known.set(reports ? pass.desired().desired().values() : List.of()));
        if (!reports) {
            steps = null;
            remedies = RemedyMemory.NONE;
            counters.acted(pass.outcomes());
            return;
        }
        StepMemory known = steps == null ? StepMemory.since(pass.report().at()) : steps;
        StepMemory.Learned ended =
                known.learn(pass.report().steps(), pass.desired().targets());
        RemedyMemory.Learned tried = remedies.learn(pass);
        counters.count(pass, ended.finished(), tried.ended());
        steps = ended.memory();
        remedies = tried.memory();
    }

    /** A pass has ended. */
    public void passEnded(Duration took) {
        counters.passed(metFaults ? "partial" : "ok", took);
    }

    /** A stage of a pass has failed. */
    public void passFailed(Duration took) {
        counters.passed("failed", took);
    }

    /** Incidents that no pass opened. */
    public void opened(List<Incident> incidents) {
        counters.opened(incidents);
    }

    /**
     * The API server has answered a request.
     *
     * @param resource the plural of the kind; empty where the request is about none
     * @param code the status of HTTP
     */
    public void answered(String verb, String resource, int code) {
        requests.answered(verb, resource, code);
    }

    /** A message was sent, or could not be. */
    public void delivered(String receiver, boolean accepted) {
        messages.labelValues(receiver, accepted ? ACCEPTED : FAILED).inc();
    }

    /** All series, in the text format of Prometheus. */
    public byte[] scrape() {
        MetricSnapshots all = registry.scrape();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            FORMAT.write(text, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
