package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table "Limits" of the reference says the numbers that the code holds to, one row for each constant. */
class LimitsPageTest {

    private static final Pattern NUMBER = Pattern.compile("^([0-9,]+)( [A-Za-z]+)?");
    private static final Map<String, Long> UNITS =
            Map.of("KiB", 1L << 10, "MiB", 1L << 20, "s", 1L, "min", 60L, "h", 3_600L, "days", 86_400L);

    @Test
    void everyConstantHasItsRowAndEveryRowItsConstant() throws IOException, IllegalAccessException {
        assertThat(written()).containsExactlyInAnyOrderElementsOf(constants());
    }

    private static List<Long> written() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        String section = page.substring(page.indexOf("\n## Limits\n"));
        return section.substring(0, section.indexOf("\n## ", 1))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
                .map(line -> line.split(" \\| ", 3)[1])
                .map(LimitsPageTest::number)
                .toList();
    }

    private static long number(String cell) {
        MatchResult found =
                NUMBER.matcher(cell).results().findFirst().orElseThrow(() -> new AssertionError("no number: " + cell));
        String unit = found.group(2) == null ? "" : found.group(2).strip();
        return Long.parseLong(found.group(1).replace(",", "")) * UNITS.getOrDefault(unit, 1L);
    }

    /** Durations in seconds. */
    private static List<Long> constants() throws IllegalAccessException {
        List<Long> constants = new ArrayList<>();
        for (Field field : Stream.of(Limits.class.getDeclaredFields())
                .filter(f -> !f.isSynthetic())
                .toList()) {
            Object value = field.get(null);
            constants.add(value instanceof Duration length ? length.toSeconds() : ((Number) value).longValue());
        }
        return constants;
    }
}
