package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image gives its JVM what the launcher gives that of {@code run}. */
class ImageFlagsTest {

    private static final Pattern OPTION = Pattern.compile("-(?:XX:|Xm[sx]|D)[^\\s)\"]+");

    @Test
    void theFlagsOfTheImageAreThoseOfTheLauncher() throws IOException {
        String launcher = Files.readString(Path.of("tidewatch"));
        Set<String> of = Stream.of("\noptions=\\((.*?)\n\\)", "\n    running=\\((.*?)\\)\n")
                .flatMap(array -> Pattern.compile(array, Pattern.DOTALL)
                        .matcher(launcher)
                        .results()
                        .map(found -> found.group(1)))
                .flatMap(options -> OPTION.matcher(options).results().map(found -> found.group()))
                .filter(option -> !option.startsWith("-Dtidewatch.home="))
                .map(option -> option.replace("-Xms", "-XX:InitialHeapSize="))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(of).hasSizeGreaterThan(8);
        of.add("-XX:MaxRAMPercentage=60"); // a container has its memory for itself

        Set<String> ofImage = new TreeSet<>();
        Files.readAllLines(Path.of("src/image/jvm.flags")).forEach(flag -> ofImage.add("-XX:" + flag));
        OPTION.matcher(Files.readString(Path.of("src/image/tidewatch")))
                .results()
                .map(found -> found.group())
                .filter(option -> !option.startsWith("-XX:Flags=") && !option.startsWith("-Dtidewatch.home="))
                .forEach(ofImage::add);

        assertThat(ofImage).isEqualTo(of);
    }
}
