package io.tidewatch.app.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.app.Console;
import io.tidewatch.app.Reconciler;
import io.tidewatch.app.RunMode;
import io.tidewatch.app.Timeline;
import io.tidewatch.app.config.Configuration;
import io.tidewatch.app.config.ConfigurationReader;
import io.tidewatch.app.config.ConfigurationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The reconciler, on the cluster of the current kubeconfig. */
@Command(name = "run", description = "The reconciler.", mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {

    private static final int COLUMNS = 80;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    @Option(names = "--config", paramLabel = "DIR", description = "Where the three configuration files lie.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--observe", description = "Decides, checks and alerts; writes nothing to the cluster.")
    private boolean observe;

    @Override
    public Integer call() throws InterruptedException {
        Path home = Path.of(System.getProperty("tidewatch.home", "."));
        ConfigurationResult read = ConfigurationReader.read(
                files(config.orElse(home.resolve("config"))),
                name -> Optional.ofNullable(System.getenv(name)),
                RunVerb::text);
        read.problems().forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (!(read instanceof ConfigurationResult.Accepted accepted)) {
            return Tidewatch.COULD_NOT;
        }
        run(accepted.configuration(), home, observe ? RunMode.OBSERVE : RunMode.ACT);
        return 0;
    }

    @SuppressWarnings("try") // what runs needs nobody until it is closed
    private static void run(Configuration configuration, Path home, RunMode mode) throws InterruptedException {
        Console console =
                new Console(Tidewatch.out(), ZoneId.systemDefault(), COLUMNS, CommandLine.Help.Ansi.AUTO.enabled());
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopping, stopped), "tidewatch-stop"));
        try (KubernetesClient client = Cluster.client();
                Reconciler running =
                        Reconciler.start(configuration, client, Timeline.real(), home, mode, console::print)) {
            stopping.await();
        } finally {
            stopped.countDown();
        }
    }

    /** The process ends when what was begun is written down, or after a while. */
    private static void stop(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            if (!stopped.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                Tidewatch.err().println("tidewatch: not everything had ended after " + LONGEST_STOP.toSeconds() + " s");
            }
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> texts = new HashMap<>();
        for (String name : ConfigurationReader.FILES) {
            text(folder.resolve(name).toString()).ifPresent(text -> texts.put(name, text));
        }
        return texts;
    }

    private static Optional<String> text(String path) {
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
