package io.tidewatch.cli;

import io.tidewatch.model.Target;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code NAME -n NS}: the ScaledObject to hold or release. */
final class HeldTarget {

    @Parameters(paramLabel = "NAME", description = "Name of the ScaledObject.")
    private String name = "";

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NS",
            description = "Namespace of the ScaledObject.")
    private String namespace = "";

    Target target() {
        return new Target(namespace, name);
    }
}
