package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;

/** The application as it runs: edges made, stages bound to the names that the routes call, routes started. */
public final class Reconciler implements AutoCloseable {

    private final Main main;
    private final Edges edges;

    private Reconciler(Main main, Edges edges) {
        this.main = main;
        this.edges = edges;
    }

    /**
     * Starts everything; passes begin with the first commit that is read.
     *
     * @param client the one that routes and beans share; the caller closes it
     * @param home the installation; its folder routes/ comes before the routes of the artifact
     * @param said told each line of the diary once it is written down
     */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            Consumer<DiaryEntry> said) {
        return start(configuration, client, timeline, home, mode, WatchdogLimits.withoutExit(), said);
    }

    /** The same, and what ends the process when the loop stands still. */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits vigil,
            Consumer<DiaryEntry> said) {
        return start(configuration, client, timeline, home, mode, vigil, checkout -> {}, said);
    }

    /**
     * The same, for those who must know when a commit is read, as a test of one that ends the process.
     *
     * @param beforeReading told of each commit, on the thread that reads it next; what it throws, the reading throws
     */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits vigil,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> said) {
        return start(configuration, client, timeline, home, mode, vigil, beforeReading, said, bound -> {});
    }

    /**
     * The same.
     *
     * @param bound given the stages under their names once all are bound, before the routes look for them
     */
    static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            WatchdogLimits vigil,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> said,
            Consumer<Registry> bound) {
        Main main = new Main();
        main.configure().withRoutesIncludePattern(RouteFiles.pattern(home));
        main.configure().withShutdownTimeout(10);
        main.addInitialProperty(
                "tidewatch.resync.millis", Long.toString(configuration.resync().toMillis()));
        main.addInitialProperty("tidewatch.cluster.maxInFlight", Integer.toString(configuration.maxInFlight()));
        configuration.camel().forEach(main::addInitialProperty);
        Health.configure(main, vigil.health());
        main.init();
        CamelContext context = main.getCamelContext();
        Reconciler reconciler = new Reconciler(main, new Edges());
        try {
            Wiring wiring = new Wiring(
                    configuration, client, timeline, context, mode, vigil, beforeReading, said, reconciler.edges);
            wiring.bind(context.getRegistry());
            bound.accept(context.getRegistry());
            wiring.open();
            main.start();
            wiring.watch();
        } catch (RuntimeException | Error cannotStart) {
            closeAfter(cannotStart, reconciler);
            throw cannotStart;
        }
        return reconciler;
    }

    /** What does not close either is told with what kept it from starting, never in its place. */
    private static void closeAfter(Throwable cannotStart, Reconciler begun) {
        try {
            begun.close();
        } catch (RuntimeException | Error notClosed) {
            cannotStart.addSuppressed(notClosed);
        }
    }

    /** For those who must reach into the routes, as a test of what happens when one is stopped. */
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
