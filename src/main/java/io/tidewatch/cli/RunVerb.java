package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.log.Console;
import io.tidewatch.log.MachineLog;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The reconciler, on the cluster of the current kubeconfig. */
@Command(name = "run", description = "Run the reconciler.", mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {

    private static final int COLUMNS = 80;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final ReconcilerStarter starter;
    private final ConnectionTrials trials;

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Option(names = "--observe", description = "Decide, check and alert, but write nothing to the cluster.")
    private boolean observe;

    @Mixin
    private ConfigurationCheck check = new ConfigurationCheck();

    RunVerb(ReconcilerStarter starter, ConnectionTrials trials) {
        this.starter = starter;
        this.trials = trials;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunMode mode = observe ? RunMode.OBSERVE : RunMode.ACT;
        if (check.isAsked()) {
            return check.of(config, configuration -> trials.of(configuration, mode, Cluster::client));
        }
        run(config.read(), Configurations.home(), mode);
        return 0;
    }

    @SuppressWarnings("try") // the reconciler runs by itself until it is closed
    private void run(Configuration configuration, Path home, RunMode mode) throws InterruptedException {
        Consumer<DiaryEntry> log = log(configuration.logFormat());
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, stopped), "tidewatch-stop"));
        try (KubernetesClient client = Cluster.client();
                ReconcilerStarter.Running running = starter.start(configuration, client, home, mode, log)) {
            stopping.await();
        } finally {
            stopped.countDown();
        }
    }

    private static Consumer<DiaryEntry> log(Configuration.LogFormat format) {
        if (format == Configuration.LogFormat.AUTO && Tidewatch.isTerminal()) {
            return new Console(Tidewatch.out(), ZoneId.systemDefault(), COLUMNS, CommandLine.Help.Ansi.AUTO.enabled())
                    ::print;
        }
        MachineLog log = format == Configuration.LogFormat.JSON
                ? MachineLog.json(Tidewatch.out())
                : MachineLog.text(Tidewatch.out());
        log.takeOver();
        return log::print;
    }

    /** The process ends when the journal is written, or after {@link #LONGEST_STOP}. */
    private static void stop(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            if (!stopped.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                Tidewatch.err()
                        .println("tidewatch: the shutdown did not finish within " + LONGEST_STOP.toSeconds() + " s");
            }
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }
}
