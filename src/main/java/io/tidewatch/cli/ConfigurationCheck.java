package io.tidewatch.cli;

import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.config.ConfigurationResult.Accepted;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run --check}: reads the configuration as {@code run} does, prints all its problems, and starts nothing. */
final class ConfigurationCheck {

    @Option(
            names = "--check",
            description = "Read the configuration, print every problem of it, and end; exit code 2 if there are errors."
                    + " Nothing is connected to.")
    private boolean check;

    @Mixin
    private Output output = new Output();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** @throws ParameterException if an option needs --check, which is not given */
    boolean isAsked() {
        if (!check && !output.isTable()) {
            throw new ParameterException(spec.commandLine(), "--output needs --check; run itself prints its log");
        }
        return check;
    }

    /**
     * @return the exit code
     * @throws IllegalArgumentException if the configuration has errors, which have been printed
     */
    int of(ConfigurationFolder folder) {
        ConfigurationResult read = folder.result();
        output.print(() -> table(read), () -> document(read));
        if (read instanceof Accepted) {
            return 0;
        }
        throw Configurations.unusable(folder.where());
    }

    private static String table(ConfigurationResult read) {
        String what = read instanceof Accepted accepted ? contents(accepted.configuration()) + ", " : "";
        return ProblemLines.of(read.problems()) + what + ProblemLines.counts(read.problems()) + '\n';
    }

    private static String contents(Configuration configuration) {
        return ProblemLines.counted(configuration.sources().size(), "source") + ", "
                + ProblemLines.counted(configuration.alerting().receivers().size(), "receiver");
    }

    private static Map<String, Object> document(ConfigurationResult read) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("usable", read instanceof Accepted);
        document.put("problems", ProblemLines.rows(read.problems()));
        return document;
    }
}
