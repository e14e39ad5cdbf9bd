package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page names the options that a verb has, and no others. */
class CommandsPageTest {

    /** Said once for all verbs. */
    private static final Set<String> OF_EVERY_VERB = Set.of("--debug", "--help", "--version", "--output");

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @ParameterizedTest
    @CsvSource({
        "demo, demo",
        "run, run",
        "validate, validate",
        "preview, preview",
        "plan, plan",
        "diagnose, diagnose",
        "status, status",
        "history, history",
        "hold, 'hold, release'"
    })
    void eachVerbsOptionsAreOnThePage(String verb, String heading) throws IOException {
        Set<String> onPage = options(section(heading));
        Set<String> known = options(Typed.of(verb, "--help").out());
        onPage.removeAll(OF_EVERY_VERB);
        known.removeAll(OF_EVERY_VERB);
        known.remove("--namespace");

        assertThat(onPage).isEqualTo(known);
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String heading) throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        int begin = page.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        return page.substring(begin, page.indexOf("\n## ", begin + 1));
    }
}
