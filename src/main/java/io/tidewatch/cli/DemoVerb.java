package io.tidewatch.cli;

import io.tidewatch.app.Console;
import io.tidewatch.demo.Demo;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays one night on the embedded playground. */
@Command(
        name = "demo",
        description = "Plays the founding incident on an embedded cluster, and tells it as it happens.",
        mixinStandardHelpOptions = true)
final class DemoVerb implements Callable<Integer> {

    private static final int COLUMNS = 80;

    @Option(names = "--fast", description = "On a faster clock: under a minute.")
    private boolean fast;

    /** The night is told on the terminal alone; there is no page to leave out yet. */
    @Option(names = "--no-web", description = "On the terminal alone.")
    void noWeb(boolean ignored) {
        // always so
    }

    @Override
    public Integer call() {
        Path home = Path.of(System.getProperty("tidewatch.home", "."));
        Console console =
                new Console(Tidewatch.out(), ZoneId.of("Asia/Seoul"), COLUMNS, CommandLine.Help.Ansi.AUTO.enabled());
        return Demo.run(home, console, fast) ? 0 : 1;
    }
}
