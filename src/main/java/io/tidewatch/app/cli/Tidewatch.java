package io.tidewatch.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one verb a class; mistakes of usage and failures exit with 2, without a stack trace. */
@Command(
        name = "tidewatch",
        description = "Raises and lowers the floor of KEDA ScaledObjects on a schedule kept in Git.",
        mixinStandardHelpOptions = true,
        version = "tidewatch 0.1.0",
        subcommands = {
            DemoVerb.class,
            RunVerb.class,
            ValidateVerb.class,
            PreviewVerb.class,
            PlanVerb.class,
            DiagnoseCommand.class,
            StatusVerb.class,
            HistoryVerb.class,
            HoldVerb.class,
            ReleaseVerb.class
        })
public final class Tidewatch {

    static final int COULD_NOT = 2;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private Tidewatch() {}

    /** UTF-8 whatever the terminal's locale says. */
    static PrintStream out() {
        return OUT;
    }

    static PrintStream err() {
        return ERR;
    }

    /**
     * @return the exit code: 0 fine, 1 problems or differences found, 2 wrong usage or could not be done
     */
    public static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Tidewatch());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            ERR.println("tidewatch: " + said(failure));
            return COULD_NOT;
        });
        return line.execute(arguments);
    }

    private static String said(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
