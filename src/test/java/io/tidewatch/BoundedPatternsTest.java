package io.tidewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Patterns that meet the texts of others have at most one part without an end, and repeat no group without an end: of two
 * such parts the one gives back to the other, which takes quadratic time, and Java repeats a group by recursion.
 */
class BoundedPatternsTest {

    private static final List<String> PACKAGES = List.of(
            "model",
            "yaml",
            "definition",
            "schedule",
            "observe",
            "plan",
            "report",
            "alert",
            "cluster",
            "diagnose",
            "git",
            "journal",
            "web",
            "config",
            "cli",
            "loop",
            "log");
    private static final Pattern USE = Pattern.compile(
            "(?:Pattern\\.compile|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)");
    private static final Pattern NAMED_USE =
            Pattern.compile("(?:\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\(\\s*([A-Z][A-Z_]*)\\b");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CLASS = Pattern.compile("\\[\\^?\\]?(?:[^\\]\\\\]|\\\\.)*\\]");
    private static final Pattern UNBOUNDED = Pattern.compile("(?<!\\\\)(?:[*+]|\\{\\d+,\\})");
    private static final Pattern REPEATED_GROUP = Pattern.compile("(?<!\\\\)\\)(?:[*+]|\\{\\d+,\\})");

    @Test
    void noPatternHasTwoPartsWithoutAnEnd() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String folder : PACKAGES) {
            for (Path file : files(Path.of("src/main/java/io/tidewatch", folder))) {
                for (String pattern : patterns(text(file))) {
                    seen++;
                    if (isUnbounded(pattern)) {
                        wrong.add(file.getFileName() + ": " + pattern);
                    }
                }
            }
        }
        assertThat(seen).as("patterns seen").isGreaterThan(60);
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsMeantIsFound() {
        assertThat(isUnbounded(".*T.*([Zz]|[+-][0-9:]+)")).isTrue();
        assertThat(isUnbounded("(?:[0-9]{1,9}h)+")).isTrue();
        assertThat(isUnbounded("[0-9]{1,20}[dDwW].*")).isFalse();
        assertThat(patterns("String NAME = \".*\" + \"a*\"; boolean is(String it) { return it.matches(NAME); }"))
                .containsExactly(".*a*");
        assertThat(isUnbounded("[*+]{3}\\.\\*x*")).isFalse();
    }

    /** Those written where they are used, and those that have a name in the same file. */
    private static List<String> patterns(String source) {
        List<String> found = new ArrayList<>();
        USE.matcher(source).results().forEach(use -> found.add(literal(use.group(1))));
        NAMED_USE
                .matcher(source)
                .results()
                .flatMap(use -> Pattern.compile(
                                "String " + use.group(1) + " =\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+);")
                        .matcher(source)
                        .results())
                .forEach(named -> found.add(literal(named.group(1))));
        return found;
    }

    private static boolean isUnbounded(String pattern) {
        String withoutClasses = CLASS.matcher(pattern).replaceAll("x");
        return REPEATED_GROUP.matcher(withoutClasses).find()
                || UNBOUNDED.matcher(withoutClasses).results().count() > 1;
    }

    /** As the compiler reads it, so far as patterns need it. */
    private static String literal(String written) {
        StringBuilder text = new StringBuilder();
        Matcher part = LITERAL.matcher(written);
        while (part.find()) {
            text.append(part.group(1).replace("\\\\", "\\").replace("\\\"", "\""));
        }
        return text.toString();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
