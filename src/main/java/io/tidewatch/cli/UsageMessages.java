package io.tidewatch.cli;

import io.tidewatch.yaml.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The line for wrong usage, with the right usage. */
final class UsageMessages {

    private UsageMessages() {}

    static String of(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String text = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getUnmatched(), command)
                : text(wrong);
        return text + "; see " + command.getCommandSpec().qualifiedName() + " --help";
    }

    private static String unmatched(List<String> arguments, CommandLine command) {
        String first = arguments.get(0);
        if (first.startsWith("-")) {
            return "unknown option " + first + Nearest.hint(first, options(command));
        }
        if (first.equals("demo")) {
            return "the demo is not part of this installation; run ./tidewatch demo in a checkout of the sources";
        }
        Set<String> verbs = command.getSubcommands().keySet();
        return verbs.isEmpty()
                ? "unexpected argument " + first
                : "unknown command " + first + Nearest.hint(first, verbs);
    }

    private static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static String text(ParameterException wrong) {
        if (wrong.getMessage() == null) {
            return "wrong usage";
        }
        return wrong.getMessage().replaceAll("\\s+", " ").strip();
    }
}
