package io.tidewatch.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.NextCommands;
import io.tidewatch.model.diagnosis.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tells who adds a cause which of the steps in CONTRIBUTING.md was forgotten. */
class NewCauseTest {

    private static final Path CHECKS = Path.of("src/main/java/io/tidewatch/diagnose/cause");
    private static final Path PAGE = Path.of("docs/diagnosis.md");
    private static final Path PLAYGROUND =
            Path.of("src/test/java/io/tidewatch/playground/sim/PlaygroundDiagnosisTest.java");
    private static final Path WORKLOADS =
            Path.of("src/test/java/io/tidewatch/playground/sim/WorkloadDiagnosisTest.java");
    private static final Path EXPECTED = Path.of("src/test/resources/cases/expected.yaml");

    @Test
    void everyCauseHasAllThatCONTRIBUTINGAsksFor() throws IOException {
        List<String> missing = new ArrayList<>();
        String page = Files.readString(PAGE);
        String cases = Files.readString(EXPECTED);
        String simulated = Files.readString(PLAYGROUND) + Files.readString(WORKLOADS);
        for (Cause cause : Cause.values()) {
            String word = cause.word();
            if (!NextCommands.knows(cause)) {
                missing.add(cause + ": no class finds it; add " + CHECKS.resolve(word + ".java")
                        + " to Causes.OF_LAG, or name it in nextCommands() of the Rule whose verdict it explains");
            }
            boolean isSimulated =
                    Pattern.compile("\\b" + cause + "\\b").matcher(simulated).find();
            if (!isSimulated && cause != Cause.INTERNAL_ERROR) {
                missing.add(cause + ": no test in " + PLAYGROUND + " expects it");
            }
            if (!page.contains("`" + word + "`")) {
                missing.add(cause + ": no entry in " + PAGE + ", section Causes");
            }
            boolean hasCase =
                    Pattern.compile("cause: " + word + "\\b").matcher(cases).find();
            if (!hasCase && cause != Cause.INTERNAL_ERROR) {
                missing.add(cause + ": no golden case in " + EXPECTED + " has it as the cause");
            }
        }
        assertThat(missing).as("steps of CONTRIBUTING.md, Add a cause").isEmpty();
    }

    @Test
    void everyCheckIsEvaluated() throws IOException {
        Set<String> asked =
                Causes.checks().map(check -> check.getClass().getSimpleName()).collect(Collectors.toSet());
        Set<String> written;
        try (Stream<Path> files = Files.list(CHECKS)) {
            written = files.filter(file -> isCheck(file))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }

        assertThat(asked).as("checks in Causes.OF_LAG or named beside it").containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void aCheckIsNamedAfterItsCause() {
        assertThat(Causes.checks())
                .allSatisfy(check -> assertThat(check.cause().word())
                        .isEqualTo(check.getClass().getSimpleName()));
    }

    /** So that two causes of equal weight have an order, and no command of one hides another's. */
    @Test
    void noCauseIsCheckedTwice() {
        assertThat(Causes.checks().map(CauseCheck::cause)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Cause.values()).map(Cause::word)).doesNotHaveDuplicates();
    }

    private static boolean isCheck(Path file) {
        try {
            return Files.readString(file).contains(" implements CauseCheck ");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
