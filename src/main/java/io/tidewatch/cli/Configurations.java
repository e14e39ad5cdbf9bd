package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three configuration files of a folder; all that is wrong with them is said at once. */
final class Configurations {

    private Configurations() {}

    /** Where Tidewatch is installed: config/ lies there, and routes/ where it is not the artifact's. */
    static Path home() {
        return Path.of(System.getProperty("tidewatch.home", "."));
    }

    /**
     * @param folder absent: config/ at home
     * @throws IllegalArgumentException when there are mistakes, which have been said
     */
    static Configuration read(Optional<Path> folder) {
        Path where = where(folder);
        return said(where, ConfigurationReader.read(files(where), System.getenv(), Configurations::text));
    }

    /**
     * For those who tell nobody.
     *
     * @param folder absent: config/ at home
     * @throws IllegalArgumentException when there are mistakes but in alerts.yaml, which have been said
     */
    static Configuration withoutAlerts(Optional<Path> folder) {
        Path where = where(folder);
        return said(where, ConfigurationReader.withoutAlerts(files(where), System.getenv(), Configurations::text));
    }

    private static Configuration said(Path where, ConfigurationResult read) {
        read.problems().forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (read instanceof ConfigurationResult.Accepted accepted) {
            return accepted.configuration();
        }
        throw new IllegalArgumentException("the configuration in " + where + " cannot be used");
    }

    /**
     * Where a running reconciler answers; a folder without settings has the defaults.
     *
     * @throws IllegalArgumentException when there are mistakes in what it depends on, which have been said
     */
    static Configuration.Http http(Optional<Path> folder) {
        Path where = where(folder);
        List<Problem> problems = new ArrayList<>();
        Configuration.Http http =
                ConfigurationReader.http(files(where), System.getenv(), Configurations::text, problems::add);
        problems.forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (problems.stream().anyMatch(Problem::isError)) {
            throw new IllegalArgumentException("the configuration in " + where + " cannot be used");
        }
        return http;
    }

    /**
     * What the sources of a configuration may speak for; secrets need not be readable.
     *
     * @throws IllegalArgumentException when sources.yaml or alerts.yaml is not YAML, which has been said
     */
    static ConfigurationReader.SourceRules rules(Path folder) {
        Path where = where(Optional.of(folder));
        List<Problem> problems = new ArrayList<>();
        ConfigurationReader.SourceRules rules = ConfigurationReader.sourceRules(files(where), problems::add);
        problems.forEach(problem -> Tidewatch.err().println("tidewatch: " + Offline.line(problem)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the configuration in " + where + " cannot be used");
        }
        return rules;
    }

    private static Path where(Optional<Path> folder) {
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
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
