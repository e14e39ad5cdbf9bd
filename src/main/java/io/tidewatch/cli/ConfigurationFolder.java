package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationResult;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}: the folder with the three configuration files. */
final class ConfigurationFolder {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Folder with the three configuration files. Default: config/ in Tidewatch's own folder.")
    private Optional<Path> folder = Optional.empty();

    /** The whole configuration. */
    Configuration read() {
        return Configurations.read(folder);
    }

    /** The whole configuration, or all its problems. Nothing is printed. */
    ConfigurationResult result() {
        return Configurations.result(folder);
    }

    /** The folder that is read. */
    Path where() {
        return Configurations.where(folder);
    }

    /** Absent if the option is not given. */
    Optional<Path> named() {
        return folder;
    }

    /** The configuration without alerts.yaml, for a verb that sends no alert. */
    Configuration withoutAlerts() {
        return Configurations.withoutAlerts(folder);
    }

    /** The running reconciler at the configured address. Other settings may be wrong, and files may be unreadable. */
    RunningReconciler running() {
        return new RunningReconciler(Configurations.http(folder));
    }
}
