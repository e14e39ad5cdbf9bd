package io.tidewatch.app.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.Holds;
import io.tidewatch.model.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a hold before its time. */
@Command(
        name = "release",
        description = "Ends a hold: the next look brings the target to what Git and the clock say.",
        mixinStandardHelpOptions = true)
final class ReleaseVerb implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The ScaledObject.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NS")
    private String namespace = "";

    @Override
    public Integer call() {
        Target target = new Target(namespace, name);
        try (KubernetesClient client = Cluster.client()) {
            new Holds(client).release(target);
        }
        Tidewatch.out().println(target + "  released");
        return 0;
    }
}
