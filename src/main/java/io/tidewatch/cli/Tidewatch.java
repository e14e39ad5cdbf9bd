package io.tidewatch.cli;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line. Each verb is a class. Wrong usage and failures exit with 2, without a stack trace. */
@Command(
        name = "tidewatch",
        description = "Raises and lowers minReplicaCount of KEDA ScaledObjects on a schedule kept in Git.",
        mixinStandardHelpOptions = true)
public final class Tidewatch {

    static final int COULD_NOT = 2;

    private static final PrintStream OUT = new PrintStream(standard(() -> System.out), true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(standard(() -> System.err), true, StandardCharsets.UTF_8);

    private Tidewatch() {}

    /** Writes to the stream that is set at the time of writing. */
    private static OutputStream standard(Supplier<PrintStream> stream) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                stream.get().write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                stream.get().write(bytes, from, length);
            }

            @Override
            public void flush() {
                stream.get().flush();
            }
        };
    }

    /** In UTF-8, whatever the terminal's locale is. */
    public static PrintStream out() {
        return OUT;
    }

    static PrintStream err() {
        return ERR;
    }

    /** Whether the output is a terminal. From JDK 22 on, there can be a console without a terminal. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal() is called below where it exists
    public static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Console.isTerminal cannot be called", e);
        }
    }

    /** An option of every verb. */
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print stack traces of errors, and Tidewatch's own log at level DEBUG.")
    void debug(boolean on) {
        debugging = on;
        if (on) {
            System.setProperty("tidewatch.log.level", "DEBUG");
            System.setProperty("tidewatch.log.traces", "%ex");
        }
    }

    private boolean debugging;

    /**
     * @param starter starts the reconciler of {@code run}
     * @param trials tries what {@code run} would connect to
     * @return the exit code: 0 fine, 1 problems or differences found, 2 wrong usage or could not be done
     */
    public static int execute(ReconcilerStarter starter, ConnectionTrials trials, String... arguments) {
        Tidewatch tidewatch = new Tidewatch();
        CommandLine line = lineOf(tidewatch, () -> new RunVerb(starter, trials), arguments);
        line.setParameterExceptionHandler(new WrongUsage());
        line.setExecutionExceptionHandler(new FailedVerb(tidewatch));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError failure) {
            ERR.println("tidewatch: " + tooLarge(failure));
            if (tidewatch.debugging) {
                failure.printStackTrace(ERR);
            }
            return COULD_NOT;
        }
    }

    private static CommandLine lineOf(Tidewatch tidewatch, Supplier<Object> run, String... arguments) {
        CommandLine line = new CommandLine(tidewatch);
        Map<String, Supplier<Object>> verbs = verbs(run);
        Optional<Supplier<Object>> asked = verb(arguments).map(verbs::get);
        if (asked.isPresent()) {
            line.addSubcommand(asked.get().get());
        } else {
            for (ExtraVerb verb : ServiceLoader.load(ExtraVerb.class)) {
                line.addSubcommand(verb);
            }
            for (Supplier<Object> verb : verbs.values()) {
                line.addSubcommand(verb.get());
            }
        }
        String version = "tidewatch " + Version.ofThisBuild();
        line.getCommandSpec().version(version);
        for (CommandLine verb : line.getSubcommands().values()) {
            verb.getCommandSpec().version(version);
        }
        return line;
    }

    /** In the order of the help. A verb is made, and its classes are loaded, only where it is asked for, or where the help lists all. */
    private static Map<String, Supplier<Object>> verbs(Supplier<Object> run) {
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        verbs.put("run", run);
        verbs.put("validate", ValidateVerb::new);
        verbs.put("preview", PreviewVerb::new);
        verbs.put("plan", PlanVerb::new);
        verbs.put("diagnose", DiagnoseVerb::new);
        verbs.put("status", StatusVerb::new);
        verbs.put("history", HistoryVerb::new);
        verbs.put("hold", HoldVerb::new);
        verbs.put("release", ReleaseVerb::new);
        return verbs;
    }

    /** The first argument that is no option: no option before a verb has a value. */
    private static Optional<String> verb(String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst();
    }

    /** With a name: of a lambda JDK 17 archives no class of picocli's, which are of an old version. */
    private static final class WrongUsage implements IParameterExceptionHandler {

        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            ERR.println("tidewatch: " + UsageMessages.of(wrong));
            return COULD_NOT;
        }
    }

    /** With a name, for the same reason. */
    private static final class FailedVerb implements IExecutionExceptionHandler {

        private final Tidewatch tidewatch;

        FailedVerb(Tidewatch tidewatch) {
            this.tidewatch = tidewatch;
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine verb, ParseResult parsed) {
            ERR.println("tidewatch: " + FailureMessages.of(failure));
            if (tidewatch.debugging) {
                failure.printStackTrace(ERR);
            }
            return COULD_NOT;
        }
    }

    private static String tooLarge(Error failure) {
        return failure instanceof OutOfMemoryError
                ? "the input does not fit into memory; name fewer or smaller files, or allow more memory"
                        + " (TIDEWATCH_JAVA_OPTS=-Xmx2g)"
                : "the input is nested too deeply to be read";
    }
}
