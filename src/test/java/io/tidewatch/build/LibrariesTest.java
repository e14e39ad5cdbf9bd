package io.tidewatch.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is shipped is known by name, each library with a reason in docs/decisions/001-dependencies.md. */
class LibrariesTest {

    private static final Path REASONS = Path.of("docs/decisions/001-dependencies.md");
    private static final Pattern SHIPPED = Pattern.compile("^([\\w.-]+:[\\w.-]+) \\S+ \\(.+\\)$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`([\\w.-]+:[\\w.*-]+)`");

    /** The packages that the project is built on; each does work that a test would miss. */
    private static final Set<String> MISSION =
            Set.of("camel-kubernetes", "camel-git", "camel-quartz", "camel-main", "camel-test-junit5");

    @Test
    void everyLibraryThatIsShippedHasItsReason() throws IOException {
        List<String> reasons = reasons();

        assertThat(shipped())
                .allSatisfy(library -> assertThat(reasons)
                        .as("a line in %s for %s", REASONS, library)
                        .anyMatch(reason -> matches(reason, library)));
    }

    @Test
    void everyReasonIsOfALibraryThatIsShipped() throws IOException {
        Set<String> shipped = shipped();

        assertThat(reasons())
                .allSatisfy(reason -> assertThat(shipped)
                        .as("%s, named in %s", reason, REASONS)
                        .anyMatch(library -> matches(reason, library)));
    }

    @Test
    void whatIsOfNoUseIsNotShipped() throws IOException {
        assertThat(shipped())
                .noneMatch(library -> library.startsWith("com.mchange:") || library.contains(":openshift-"));
    }

    @Test
    void thePackagesOfTheMissionAreDeclared() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(MISSION).allSatisfy(name -> assertThat(pom).contains("<artifactId>" + name + "</artifactId>"));
    }

    /** The build writes the licences of what it packs; see license-maven-plugin in pom.xml. */
    static Set<String> shipped() throws IOException {
        Path notice = Path.of("target/classes/META-INF/NOTICE");
        assertThat(notice).as("made by mvn generate-resources").isRegularFile();
        Set<String> libraries = new TreeSet<>();
        Matcher lines = SHIPPED.matcher(Files.readString(notice, StandardCharsets.UTF_8));
        while (lines.find()) {
            libraries.add(lines.group(1));
        }
        assertThat(libraries).hasSizeGreaterThan(50);
        return libraries;
    }

    private static List<String> reasons() throws IOException {
        String page = Files.readString(REASONS);
        String section = page.substring(page.indexOf("## What is shipped"), page.indexOf("Left out on purpose"));
        List<String> named = new ArrayList<>();
        Matcher names = NAMED.matcher(section);
        while (names.find()) {
            named.add(names.group(1));
        }
        return named;
    }

    private static boolean matches(String reason, String library) {
        return reason.endsWith("*")
                ? library.startsWith(reason.substring(0, reason.length() - 1))
                : library.equals(reason);
    }
}
