package io.tidewatch.app;

import io.tidewatch.cli.Version;
import io.tidewatch.journal.content.Unfinished;
import io.tidewatch.loop.outbox.DeliveryListener;
import io.tidewatch.metrics.Build;
import io.tidewatch.metrics.Current;
import io.tidewatch.metrics.Current.SourceFigures;
import io.tidewatch.metrics.Metrics;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.spi.Registry;

/** Builds what Prometheus reads, and the beans and listeners that count. */
final class MetricsParts implements DeliveryListener, LoopHealth.Listener {

    private final Metrics metrics;
    private final Leader leader;

    /** @param receivers the names of the receivers that are configured */
    MetricsParts(Leader leader, Collection<String> receivers) {
        this.leader = leader;
        this.metrics = new Metrics(Build.of(Version.ofThisBuild()), receivers);
    }

    /** The bean that the route of a pass calls at its end. */
    static final class Stage {

        private final MetricsParts parts;

        private Stage(MetricsParts parts) {
            this.parts = parts;
        }

        public Pass count(Pass pass) {
            parts.metrics.count(pass, parts.leader.leads());
            return pass;
        }
    }

    void bind(Registry registry) {
        registry.bind("metrics", new Stage(this));
    }

    /** From now on a scrape says how things stand. */
    void describe(HealthParts health, SourceParts sources, JournalParts journal) {
        metrics.describe(nextEdge -> current(
                health.standing(),
                nextEdge,
                journal.journal().unfinished(),
                sources.definitions().current().sources()));
    }

    private Current current(
            Standing standing, Optional<Instant> nextEdge, Unfinished unfinished, List<SourceDefinitions> inForce) {
        Map<String, SourceDefinitions> read =
                inForce.stream().collect(Collectors.toMap(SourceDefinitions::source, Function.identity()));
        return new Current(
                standing,
                leader.mayWrite(),
                leader.leads(),
                nextEdge,
                unfinished.incidents(),
                unfinished.oldest(),
                standing.sources().stream()
                        .map(source -> figures(source, Optional.ofNullable(read.get(source.source()))))
                        .toList());
    }

    private static SourceFigures figures(SourceHealth health, Optional<SourceDefinitions> inForce) {
        List<Problem> problems = inForce.map(SourceDefinitions::problems).orElse(List.of());
        return new SourceFigures(
                health.source(),
                health.lastAnswered(),
                inForce.map(read -> read.commit().time()),
                (int) problems.stream().filter(Problem::isError).count(),
                (int) problems.stream()
                        .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                        .count());
    }

    /** A report that no pass made: incidents of Tidewatch itself. */
    void reported(Report report) {
        metrics.opened(report.opened());
    }

    @Override
    public void delivered(String receiver, boolean accepted) {
        metrics.delivered(receiver, accepted);
    }

    @Override
    public void ended(Duration took) {
        metrics.passEnded(took);
    }

    @Override
    public void failed(String why, int inARow, Duration took) {
        metrics.passFailed(took);
    }

    byte[] scrape() {
        return metrics.scrape();
    }
}
