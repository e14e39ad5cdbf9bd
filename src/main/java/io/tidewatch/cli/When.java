package io.tidewatch.cli;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --at}: the instant of the plan or diagnosis. */
final class When {

    @Option(
            names = "--at",
            paramLabel = "T",
            description =
                    "A time with offset or Z, or a local date or date-time. Default: the time of the dump, or now.",
            converter = Instants.class)
    private Optional<Instant> at = Optional.empty();

    Optional<Instant> at() {
        return at;
    }
}
