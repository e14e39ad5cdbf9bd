package io.tidewatch.edgecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/edge-cases.md lists the 25 cases in order, each with all of its tests and with no others. */
class EdgeCasesPageTest {

    private static final int CASES = 25;
    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\| [^|]+ \\| [^|]+ \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(case(\\d\\d)\\w+)`");
    private static final List<Class<?>> CLASSES = List.of(
            EdgeCases01To06Test.class,
            EdgeCases07To12Test.class,
            EdgeCases13To18Test.class,
            EdgeCases19To21Test.class,
            EdgeCases22To25Test.class);

    @Test
    void listsEveryCaseInOrderWithItsTests() throws IOException {
        List<Integer> cases = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/edge-cases.md")));
        while (row.find()) {
            int number = Integer.parseInt(row.group(1));
            cases.add(number);
            Matcher test = TEST.matcher(row.group(2));
            int before = tests.size();
            while (test.find()) {
                assertThat(Integer.parseInt(test.group(2))).as(test.group(1)).isEqualTo(number);
                tests.add(test.group(1));
            }
            assertThat(tests).as("tests of case " + number).hasSizeGreaterThan(before);
        }
        assertThat(cases)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CASES).boxed().toList());
        assertThat(tests)
                .containsExactlyInAnyOrderElementsOf(CLASSES.stream()
                        .flatMap(one -> Stream.of(one.getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Method::getName)
                        .toList());
    }
}
