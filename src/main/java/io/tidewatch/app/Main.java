package io.tidewatch.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.trial.Trials;
import io.tidewatch.cli.ReconcilerStarter;
import io.tidewatch.cli.Tidewatch;
import io.tidewatch.cli.Trial;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The entry point of the process; the exit code of the command is the exit code of the process. */
public final class Main {

    /** Names the kinds of login that the JDK does not send to a proxy to open a tunnel; Basic by default. */
    private static final String DISABLED_AT_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private Main() {}

    public static void main(String[] arguments) {
        if (System.getProperty(DISABLED_AT_TUNNELS) == null) {
            System.setProperty(
                    DISABLED_AT_TUNNELS, ""); // read once, with the first connection: sources may have proxyAuth
        }
        System.exit(execute(arguments));
    }

    /**
     * One command of the command line.
     *
     * @return the exit code
     */
    public static int execute(String... arguments) {
        return Tidewatch.execute(Main::start, Main::attempt, arguments);
    }

    private static ReconcilerStarter.Running start(
            Configuration configuration, KubernetesClient client, Path home, RunMode mode, Consumer<DiaryEntry> log) {
        WatchdogLimits limits = WatchdogLimits.lasting(Runtime.getRuntime()::halt)
                .withHealthAt(configuration.management().address());
        return Reconciler.start(configuration, client, Timeline.real(), home, mode, limits, log)::close;
    }

    private static List<Trial> attempt(Configuration configuration, RunMode mode, Supplier<KubernetesClient> client)
            throws InterruptedException {
        return new Trials(configuration, mode, JournalParts.database(configuration, mode), client).run();
    }
}
