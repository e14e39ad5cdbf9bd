package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}: where the three configuration files lie. */
final class ConfigurationFolder {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Folder with the three configuration files. Default: config/ in Tidewatch's own folder.")
    private Optional<Path> folder = Optional.empty();

    /** All of it. */
    Configuration read() {
        return Configurations.read(folder);
    }

    /** Only where it was named. */
    Optional<Path> named() {
        return folder;
    }

    /** For a verb that tells nobody. */
    Configuration withoutAlerts() {
        return Configurations.withoutAlerts(folder);
    }

    /** The reconciler that answers at the address it names; what else stands there need not be right, or readable by us. */
    RunningReconciler running() {
        return new RunningReconciler(Configurations.http(folder));
    }
}
