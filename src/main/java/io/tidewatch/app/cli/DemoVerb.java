package io.tidewatch.app.cli;

import io.tidewatch.app.Console;
import io.tidewatch.app.demo.Demo;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
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

    @Option(names = "--no-web", description = "Without a page; there is none yet, so this changes nothing.")
    private boolean noWeb;

    @Override
    public Integer call() {
        Path home = Path.of(System.getProperty("tidewatch.home", "."));
        Console console =
                new Console(Tidewatch.out(), ZoneId.of("Asia/Seoul"), COLUMNS, System.console() != null);
        return Demo.run(home, console, fast) ? 0 : 1;
    }
}
