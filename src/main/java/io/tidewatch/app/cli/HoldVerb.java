package io.tidewatch.app.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Break glass without a commit. */
@Command(
        name = "hold",
        description = "Nothing is written to a target until then; its checks and alerts go on.",
        mixinStandardHelpOptions = true)
final class HoldVerb implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The ScaledObject.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NS")
    private String namespace = "";

    @Option(
            names = "--for",
            required = true,
            paramLabel = "D",
            description = "2h, 90m, 1h30m or PT2H.",
            converter = Lengths.class)
    private Duration length = Duration.ZERO;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Said wherever the hold is told of.")
    private String reason = "";

    @Override
    public Integer call() {
        Target target = new Target(namespace, name);
        Instant until = Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS);
        try (KubernetesClient client = Cluster.client()) {
            new Holds(client).hold(target, until, reason);
        }
        Tidewatch.out().println(target + "  held until " + until + ": " + reason);
        return 0;
    }
}
