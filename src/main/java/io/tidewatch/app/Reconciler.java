package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.config.Configuration;
import io.tidewatch.model.Checkout;
import io.tidewatch.model.DiaryEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The application as it runs: edges made, stages bound to the names that the routes call, routes started. */
public final class Reconciler implements AutoCloseable {

    /** Questions about edges ahead must not slow down what is due now. */
    private static final int WRITES_TO_A_DRY_RUN = 4;

    private final Main main;
    private final List<AutoCloseable> edges;

    private Reconciler(Main main, List<AutoCloseable> edges) {
        this.main = main;
        this.edges = List.copyOf(edges);
    }

    /**
     * Starts everything; passes begin with the first commit that is read.
     *
     * @param client the one that routes and beans share; the caller closes it
     * @param home where routes/ lies
     * @param said told each line of the diary once it is written down
     */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            Consumer<DiaryEntry> said) {
        return start(configuration, client, timeline, home, mode, Vigil.withoutExit(), said);
    }

    /** The same, and what ends the process when the loop stands still. */
    public static Reconciler start(
            Configuration configuration,
            KubernetesClient client,
            Timeline timeline,
            Path home,
            RunMode mode,
            Vigil vigil,
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
            Vigil vigil,
            Consumer<Checkout> beforeReading,
            Consumer<DiaryEntry> said) {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("file:" + home + "/routes/*.yaml");
        main.configure().withShutdownTimeout(10);
        main.addInitialProperty(
                "tidewatch.resync.millis", Long.toString(configuration.resync().toMillis()));
        main.addInitialProperty(
                "tidewatch.cluster.maxWritesPerSecond", Integer.toString(configuration.maxWritesPerSecond()));
        main.addInitialProperty("tidewatch.cluster.maxInFlight", Integer.toString(configuration.maxInFlight()));
        main.addInitialProperty(
                "tidewatch.cluster.maxDryRunsPerSecond",
                Integer.toString(Math.max(1, configuration.maxWritesPerSecond() / WRITES_TO_A_DRY_RUN)));
        configuration.camel().forEach(main::addInitialProperty);
        Health.configure(main, vigil.health());
        main.init();
        CamelContext context = main.getCamelContext();
        Wiring wiring = new Wiring(configuration, client, timeline, context, mode, vigil, beforeReading, said);
        try {
            wiring.bind(context.getRegistry());
            wiring.open();
            main.start();
            wiring.watch();
        } catch (RuntimeException cannotStart) {
            new Reconciler(main, wiring.edges()).close();
            throw cannotStart;
        }
        return new Reconciler(main, wiring.edges());
    }

    /** For those who must reach into the routes, as a test of what happens when one is stopped. */
    public CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
        for (AutoCloseable edge : edges) {
            try {
                edge.close();
            } catch (Exception e) {
                throw new IllegalStateException("an edge did not close", e);
            }
        }
    }
}
