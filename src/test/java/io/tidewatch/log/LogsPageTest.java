package io.tidewatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.DiaryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page lists the codes that the code uses, each with its level, and no others. */
class LogsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| (`[^|]+) \\| (INFO|WARN|ERROR) \\|");

    /** Where a code is written as a text: the lines of reports and of the application, and the codes of endings and acts. */
    private static final Pattern USED = Pattern.compile(
            "(?:\\.line\\(\\s*[^\";]+?,|new DiaryEntry\\([^\";]*?|new Ending\\(|\\bline\\(\\s*[\\w.()]+,|\\bline(?:InBackground)?\\(|\\bsay\\(|String CODE =)"
                    + "\\s*\"([a-z]+(?:-[a-z]+)*)\"");

    private static final Pattern RETURNED = Pattern.compile("(?:return|->) \"([a-z]+(?:-[a-z]+)*)\";");

    @Test
    void everyCodeThatIsUsedIsOnThePageWithItsLevel() {
        Map<String, String> page = page();
        Set<String> used = used();

        assertThat(used).hasSizeGreaterThan(35);
        assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(used);
        assertThat(page)
                .allSatisfy((code, level) ->
                        assertThat(EventLevel.of(code)).as(code).isEqualTo(level));
    }

    @Test
    void aProblemOfACommitIsAWarning() {
        assertThat(EventLevel.of("missing-scaled-object")).isEqualTo("WARN");
    }

    @Test
    void aNoteOfACommitIsNone() {
        assertThat(EventLevel.of("pods-not-followed")).isEqualTo("INFO");
    }

    private static Map<String, String> page() {
        Map<String, String> levels = new TreeMap<>();
        text(Path.of("docs/logs.md")).lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.lookingAt()) {
                for (String code : row.group(1).replace("`", "").split(", ", -1)) {
                    levels.put(code, row.group(2));
                }
            }
        });
        return levels;
    }

    private static Set<String> used() {
        Set<String> used = new TreeSet<>();
        Arrays.stream(State.values()).map(State::word).forEach(used::add);
        used.addAll(constants(DiaryEntry.class));
        used.addAll(constants(Plan.Skipped.class));
        for (String folder : List.of("report", "plan", "app", "loop")) {
            sources(folder).forEach(file -> {
                String source = text(file);
                find(USED, source, used);
                if (file.endsWith("OutcomeLines.java")) {
                    find(RETURNED, source, used);
                }
            });
        }
        return used;
    }

    private static void find(Pattern pattern, String source, Set<String> found) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }

    private static Set<String> constants(Class<?> type) {
        Set<String> values = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && Modifier.isPublic(field.getModifiers())
                    && field.getType().equals(String.class)) {
                try {
                    values.add((String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return values;
    }

    private static Stream<Path> sources(String folder) {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/tidewatch", folder))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
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
