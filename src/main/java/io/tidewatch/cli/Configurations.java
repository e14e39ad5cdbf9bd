package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the three configuration files of a folder, and prints all their problems at once. */
final class Configurations {

    /** Bytes of a file that a value refers to: a secret, or a bundle of certificates. It is read again while {@code run} runs. */
    private static final long LONGEST_VALUE = 4L << 20;

    private Configurations() {}

    /** The folder of the installation, with config/, and with routes/ if they are not those of the artifact. */
    static Path home() {
        return Path.of(System.getProperty("tidewatch.home", "."));
    }

    /**
     * @param folder absent: config/ at home
     * @throws IllegalArgumentException if there are errors, which have been printed
     */
    static Configuration read(Optional<Path> folder) {
        return printed(where(folder), result(folder));
    }

    /**
     * The whole configuration, or all its problems. Nothing is printed.
     *
     * @param folder absent: config/ at home
     * @throws IllegalArgumentException if there is no such folder
     * @throws UncheckedIOException if one of the three files is there and cannot be read
     */
    static ConfigurationResult result(Optional<Path> folder) {
        return ConfigurationReader.read(files(where(folder)), System.getenv(), Configurations::value);
    }

    /**
     * The configuration without alerts.yaml, for a verb that sends no alert.
     *
     * @param folder absent: config/ at home
     * @throws IllegalArgumentException if the other files have errors, which have been printed
     */
    static Configuration withoutAlerts(Optional<Path> folder) {
        Path where = where(folder);
        return printed(where, ConfigurationReader.withoutAlerts(files(where), System.getenv(), Configurations::value));
    }

    private static Configuration printed(Path where, ConfigurationResult read) {
        read.problems().forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw unusable(where);
    }

    static IllegalArgumentException unusable(Path where) {
        return new IllegalArgumentException("the configuration in " + where + " cannot be used");
    }

    /**
     * The address and token of a running reconciler. A folder without settings has the defaults.
     *
     * @throws IllegalArgumentException if these two settings have errors, which have been printed
     */
    static Configuration.Http http(Optional<Path> folder) {
        Path where = where(folder);
        List<Problem> problems = new ArrayList<>();
        Configuration.Http http =
                ConfigurationReader.http(files(where), System.getenv(), Configurations::value, problems::add);
        problems.forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw unusable(where);
        }
        return http;
    }

    /**
     * What each source of a configuration may define. Secrets need not be readable.
     *
     * @throws IllegalArgumentException if sources.yaml or alerts.yaml is not YAML, or a source lists a kind that none can list, which
     *     has been printed
     */
    static ConfigurationReader.SourceRules rules(Path folder) {
        Path where = where(Optional.of(folder));
        List<Problem> problems = new ArrayList<>();
        ConfigurationReader.SourceRules rules = ConfigurationReader.sourceRules(files(where), problems::add);
        problems.forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (!problems.isEmpty()) {
            throw unusable(where);
        }
        return rules;
    }

    /** @throws IllegalArgumentException if there is no such folder */
    static Path where(Optional<Path> folder) {
        Path where = folder.orElse(home().resolve("config"));
        if (!Files.isDirectory(where)) {
            throw new IllegalArgumentException("--config " + where + " is not a folder");
        }
        return where;
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> texts = new HashMap<>();
        for (String name : ConfigurationReader.FILES) {
            text(folder.resolve(name).toString()).ifPresent(text -> texts.put(name, text));
        }
        return texts;
    }

    private static Optional<String> text(String path) {
        return text(path, Long.MAX_VALUE);
    }

    /** @param most bytes; a longer file is none */
    private static Optional<String> text(String path, long most) {
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) && Files.size(file) <= most
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** What a value refers to. A file that may not be read, or is too long, is reported on the line of that value, as a missing one is. */
    private static Optional<String> value(String path) {
        try {
            return text(path, LONGEST_VALUE);
        } catch (UncheckedIOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }
}
