package io.tidewatch.demo;

import io.tidewatch.cli.ExtraVerb;
import io.tidewatch.cli.Tidewatch;
import io.tidewatch.log.Console;
import java.nio.file.Path;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays one night on the embedded playground. */
@Command(
        name = "demo",
        description =
                "Play a night with a stale status, a real lag, a held commit and workloads of all kinds on an embedded cluster, and check how it ends.",
        mixinStandardHelpOptions = true)
public final class DemoVerb implements ExtraVerb {

    private static final int COLUMNS = 80;

    @Option(names = "--fast", description = "Use a faster clock: under a minute.")
    private boolean fast;

    @Option(
            names = "--no-web",
            description = "Serve no page. By default the page of the night is served, on a terminal until Ctrl-C.")
    private boolean noWeb;

    @Override
    public Integer call() {
        Path home = Path.of(System.getProperty("tidewatch.home", "."));
        Console console =
                new Console(Tidewatch.out(), ZoneId.of("Asia/Seoul"), COLUMNS, CommandLine.Help.Ansi.AUTO.enabled());
        return Demo.run(home, console, fast, page()) ? 0 : 1;
    }

    private Page page() {
        if (noWeb) {
            return Page.NONE;
        }
        return Tidewatch.isTerminal() ? Page.STAYS : Page.SERVED;
    }
}
