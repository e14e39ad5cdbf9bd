package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.config.ConfigurationResult.Accepted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code run --check}: reads the configuration as {@code run} does, prints all its problems, and starts nothing. With {@code --connect}
 * it also tries what the configuration names.
 */
final class ConfigurationCheck {

    @Option(
            names = "--check",
            description = "Read the configuration, print every problem of it, and end; exit code 2 if there are errors."
                    + " Nothing is connected to.")
    private boolean check;

    @Option(
            names = "--connect",
            description =
                    "With --check: also try the API server and the permissions, each source, each receiver and the"
                            + " database, and print a table; exit code 1 if one fails. No message is sent, nothing is written.")
    private boolean connect;

    @Mixin
    private Output output = new Output();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** @throws ParameterException if an option needs --check, which is not given */
    boolean isAsked() {
        if (!check && connect) {
            throw new ParameterException(spec.commandLine(), "--connect needs --check; run itself connects");
        }
        if (!check && !output.isTable()) {
            throw new ParameterException(spec.commandLine(), "--output needs --check; run itself prints its log");
        }
        return check;
    }

    /** Tries what a configuration names. */
    @FunctionalInterface
    interface Trying {
        List<Trial> of(Configuration configuration) throws InterruptedException;
    }

    /**
     * @return the exit code
     * @throws IllegalArgumentException if the configuration has errors, which have been printed
     */
    int of(ConfigurationFolder folder, Trying trying) throws InterruptedException {
        ConfigurationResult read = folder.result();
        List<Trial> trials =
                connect && read instanceof Accepted accepted ? trying.of(accepted.configuration()) : List.of();
        output.print(() -> table(read) + table(trials), () -> document(read, trials));
        if (read instanceof Accepted) {
            return trials.stream().anyMatch(trial -> trial.result() == Trial.Result.FAILED) ? 1 : 0;
        }
        throw Configurations.unusable(folder.where());
    }

    private static String table(List<Trial> trials) {
        if (trials.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PART", "NAME", "RESULT", "TOOK", "MESSAGE"));
        trials.forEach(trial -> rows.add(List.of(
                trial.part(),
                trial.name(),
                trial.result().word(),
                String.format(Locale.ROOT, "%.1f s", trial.took().toMillis() / 1000.0),
                trial.message())));
        return new TextTable(rows).text();
    }

    private static String table(ConfigurationResult read) {
        String what = read instanceof Accepted accepted ? contents(accepted.configuration()) + ", " : "";
        return ProblemLines.of(read.problems()) + what + ProblemLines.counts(read.problems()) + '\n';
    }

    private static String contents(Configuration configuration) {
        return ProblemLines.counted(configuration.sources().size(), "source") + ", "
                + ProblemLines.counted(configuration.alerting().receivers().size(), "receiver");
    }

    private Map<String, Object> document(ConfigurationResult read, List<Trial> trials) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("usable", read instanceof Accepted);
        document.put("problems", ProblemLines.rows(read.problems()));
        if (connect) {
            document.put("trials", trials.stream().map(ConfigurationCheck::row).toList());
        }
        return document;
    }

    private static Map<String, Object> row(Trial trial) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("part", trial.part());
        row.put("name", trial.name());
        row.put("result", trial.result().word());
        row.put("took", trial.took().toString());
        row.put("message", trial.message());
        return row;
    }
}
