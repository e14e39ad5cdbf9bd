package io.tidewatch.app;

import io.tidewatch.cli.Version;
import io.tidewatch.cluster.ApiRequest;
import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.config.Configuration;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.spi.Registry;

/** Builds what Prometheus reads, and the beans and listeners that count. */
final class MetricsParts implements DeliveryListener, LoopHealth.Listener {

    private final Metrics metrics;

    MetricsParts(Configuration configuration) {
        this.metrics = new Metrics(
                Build.of(Version.ofThisBuild(), Version.revision()),
                configuration.alerting().names(),
                configuration.management().windowMetrics());
    }

    /** The bean that the route of a pass calls at its end. */
    static final class Stage {

        private final Metrics metrics;
        private final Leader leader;

        private Stage(Metrics metrics, Leader leader) {
            this.metrics = metrics;
            this.leader = leader;
        }

        public Pass count(Pass pass) {
            metrics.count(pass, leader.leads());
            return pass;
        }
    }

    void bind(Registry registry, Leader leader) {
        registry.bind("metrics", new Stage(metrics, leader));
    }

    /** From now on a scrape says how things stand. */
    void describe(Leader leader, HealthParts health, SourceParts sources, JournalParts journal, ClusterCaches caches) {
        metrics.describe(nextEdge -> {
            Standing standing = health.standing();
            Unfinished unfinished = journal.journal().unfinished();
            return new Current(
                    standing,
                    leader.mayWrite(),
                    leader.leads(),
                    nextEdge,
                    unfinished.incidents(),
                    unfinished.oldest(),
                    figures(standing, sources.definitions().current().sources()),
                    caches.lastHeard());
        });
    }

    private static List<SourceFigures> figures(Standing standing, List<SourceDefinitions> inForce) {
        Map<String, SourceDefinitions> read =
                inForce.stream().collect(Collectors.toMap(SourceDefinitions::source, Function.identity()));
        return standing.sources().stream()
                .map(source -> figures(source, Optional.ofNullable(read.get(source.source()))))
                .toList();
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

    /** The API server has answered a request. */
    void answered(ApiRequest request, int code) {
        metrics.answered(request.verb(), request.resource(), code);
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
