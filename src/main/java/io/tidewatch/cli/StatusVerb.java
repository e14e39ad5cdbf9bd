package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the state of the scheduled targets, from a running reconciler. */
@Command(name = "status", description = "Show the state of all scheduled targets.", mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {

    private static final long PERIOD_SECONDS = 2;
    private static final String CLEAR = "\033[H\033[2J";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Show only the targets of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Option(names = "--watch", description = "Repeat every 2 s until interrupted.")
    private boolean watch;

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        RunningReconciler running = config.running();
        print(running.get("/status"), "");
        while (watch) {
            TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
            again(running);
        }
        return 0;
    }

    /** Goes on while the reconciler restarts. */
    private void again(RunningReconciler running) {
        try {
            print(running.get("/status"), output.isTable() ? CLEAR : "");
        } catch (IllegalArgumentException away) {
            Tidewatch.err().println("tidewatch: " + FailureMessages.of(away));
        }
    }

    private void print(JsonNode answer, String before) {
        StatusTable table = new StatusTable(answer, ZoneId.systemDefault());
        Tidewatch.out().print(before);
        output.print(
                () -> table.text(namespace), () -> RunningReconciler.with(answer, "targets", table.targets(namespace)));
    }
}
