package io.tidewatch.app;

import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.loop.Alarms;
import io.tidewatch.loop.DefinitionsStage;
import io.tidewatch.loop.PassListener;
import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.loop.StatusStage;
import io.tidewatch.loop.source.GitStage;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.spi.Registry;

/** Builds the parts that watch the loop: the health of passes, the watchdog, liveness and readiness, the status. */
final class HealthParts {

    /** The heartbeat comes round twice a second. */
    private static final Duration BEATING = Duration.ofSeconds(30);

    private final Startup start;
    private final WatchdogLimits limits;
    private final DefinitionsStage definitions;
    private final GitStage pulls;
    private final StatusStage status = new StatusStage();
    private final RouteErrors errors;
    private final Pace pace;
    private final LoopHealth loop;
    private final Watchdog watchdog;

    /**
     * @param intervals how often each source is pulled, by its name
     * @param passes told of the end of each pass
     * @param reported whether receivers have been sent all that there is to send
     */
    HealthParts(
            Startup start,
            WatchdogLimits limits,
            DefinitionsStage definitions,
            GitStage pulls,
            Map<String, Duration> intervals,
            SelfIncidents incidents,
            LoopHealth.Listener passes,
            BooleanSupplier reported) {
        this.start = start;
        this.limits = limits;
        this.definitions = definitions;
        this.pulls = pulls;
        this.errors = new RouteErrors(start.clock(), start::isStopping);
        this.pace = new Pace(System::nanoTime, start::isStopping);
        this.loop = new LoopHealth(
                start.clock(),
                System::nanoTime,
                Watchdog.reporting(incidents, limits).and(passes));
        this.watchdog = start.edges()
                .add(new Watchdog(
                        limits,
                        start.configuration().resync(),
                        intervals,
                        loop,
                        this::sources,
                        new RestartableWork(start.context(), reported),
                        incidents,
                        System::nanoTime));
    }

    /**
     * @param alarms notified of the beginning of each pass
     * @param caches whose watches must have begun before the process is ready
     */
    void bind(Registry registry, Alarms alarms, ClusterCaches caches) {
        registry.bind("routeErrors", errors);
        registry.bind("pace", pace);
        registry.bind("status", status);
        Readiness readiness = new Readiness(this::loop, this::sources, watchdog::standstill);
        List<PassListener> listeners = List.of(pace, errors, alarms, readiness);
        start.context().addRoutePolicyFactory(PassWatch.factory(loop, listeners));
        if (limits.health().isPresent()) {
            Health.register(
                    start.context(),
                    watchdog::standstill,
                    Map.of(
                            "start", readiness::notReady,
                            "watches", new WatchReadiness(caches::undecided, readiness::notReady)::notReady,
                            "election", () -> notBeating(caches)));
        }
    }

    /** A replica that follows is ready. One that takes no part in the election any more is not, nor does it see outages. */
    private static Optional<String> notBeating(ClusterCaches caches) {
        return caches.isBeating(BEATING)
                ? Optional.empty()
                : Optional.of("the election and the heartbeat of the API server have not come round for "
                        + BEATING.toSeconds() + " s");
    }

    /** Starts the watchdog. To be called once the routes have started, since nothing goes on before. */
    void watch() {
        watchdog.start(start.timeline()::tick);
    }

    /** The status now. Waits for no pass and no pull. */
    Standing standing() {
        return status.standing(start.configuration().resync(), this::loop, this::sources);
    }

    private LoopState loop() {
        return loop.state();
    }

    private List<SourceHealth> sources() {
        return pulls.health(definitions::commitInForce);
    }
}
