package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.ClientThreads;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;

/** The running application: connections open, stages bound to the names that the routes call, routes started. */
public final class Reconciler implements AutoCloseable {

    /**
     * Alarms hand over and return, so that two threads are enough; Quartz takes ten. The rest is Quartz's own default, which it forgets
     * once it is given any property.
     */
    private static final Map<String, String> QUARTZ = Map.of(
            "org.quartz.scheduler.instanceName", "DefaultQuartzScheduler",
            "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
            "org.quartz.threadPool.threadCount", "2",
            "org.quartz.threadPool.threadPriority", "5",
            "org.quartz.threadPool.threadsInheritContextClassLoaderOfInitializingThread", "true",
            "org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore",
            "org.quartz.jobStore.misfireThreshold", "60000");

    private final Main main;
    private final Edges edges;
    private int statusPort;

    private Reconciler(Main main, Edges edges) {
        this.main = main;
        this.edges = edges;
    }

    /**
     * Starts the application. Passes begin with the first commit that is read.
     *
     * @param client shared by routes and beans; the caller closes it
     * @param home the installation; its folder routes/ takes the place of the routes in the artifact
     * @param output given each line of the diary once the journal has it
     */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            Consumer<DiaryEntry> output) {
        return start(configuration, client, timeline, home, mode, WatchdogLimits.withoutExit(), output);
    }

    /** The same, with limits after which the process ends itself. */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits limits,
            Consumer<DiaryEntry> output) {
        return start(configuration, client, timeline, home, mode, limits, checkout -> {}, output);
    }

    /**
     * The same, for a test that follows the reading of commits.
     *
     * @param beforeReading given each commit, on the thread that then reads it; an exception ends the reading
     */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits limits,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> output) {
        return start(configuration, client, timeline, home, mode, limits, beforeReading, output, bound -> {});
    }

    /**
     * The same.
     *
     * @param bound given the registry once all stages are bound, before the routes look them up
     */
    static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits limits,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> output,
            Consumer<Registry> bound) {
        Main main = new Main();
        main.configure().withRoutesIncludePattern(RouteFiles.pattern(home));
        main.configure().withShutdownTimeout(10);
        main.addInitialProperty(
                "tidewatch.resync.millis", Long.toString(configuration.resync().toMillis()));
        main.addInitialProperty("tidewatch.cluster.maxInFlight", Integer.toString(configuration.maxInFlight()));
        QUARTZ.forEach(
                (key, value) -> main.addInitialProperty("camel.component.quartz.properties[" + key + "]", value));
        configuration.camel().forEach(main::addInitialProperty);
        Health.configure(main, limits.health());
        main.init();
        CamelContext context = main.getCamelContext();
        ClientThreads.of(client).ifPresent(threads -> context.getRegistry().bind("vertx", threads.vertx()));
        Reconciler reconciler = new Reconciler(main, new Edges());
        try {
            Startup startup = new Startup(
                    configuration, client, timeline, context, context.createProducerTemplate(), mode, reconciler.edges);
            Wiring wiring = new Wiring(startup, limits, beforeReading, output);
            wiring.bind(context.getRegistry());
            bound.accept(context.getRegistry());
            reconciler.statusPort = wiring.open();
            main.start();
            wiring.watch();
        } catch (RuntimeException | Error cannotStart) {
            closeAfter(cannotStart, reconciler);
            throw cannotStart;
        }
        return reconciler;
    }

    /** An error while closing is added to the error that kept the application from starting, and never hides it. */
    private static void closeAfter(Throwable cannotStart, Reconciler begun) {
        try {
            begun.close();
        } catch (RuntimeException | Error notClosed) {
            cannotStart.addSuppressed(notClosed);
        }
    }

    /** Where {@code status} and {@code history} are answered. It differs from the configured port where that is 0, for any. */
    public int statusPort() {
        return statusPort;
    }

    /** For a test that stops or replaces a route. */
    public CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        try {
            main.stop();
        } finally {
            edges.close();
        }
    }
}
