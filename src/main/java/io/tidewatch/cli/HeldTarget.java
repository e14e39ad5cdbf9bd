package io.tidewatch.cli;

import io.tidewatch.model.Target;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code NAME -n NS}: the one ScaledObject that a person takes in hand. */
final class HeldTarget {

    @Parameters(paramLabel = "NAME", description = "The ScaledObject.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NS",
            description = "Its namespace.")
    private String namespace = "";

    Target target() {
        return new Target(namespace, name);
    }
}
