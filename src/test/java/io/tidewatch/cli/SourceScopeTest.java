package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people try on their own machine answers as {@code run} would: the neighbour's calendar is not there. */
class SourceScopeTest {

    private static final String DEFINITIONS = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: cart, namespace: evil}
            spec:
              scaledObjectRef: {name: cart}
              timeZone: UTC
              baseline: {minReplicas: 5}
              alerts: {receivers: [payment-slack]}
              windows:
                - {name: odd, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 7, except: [other/closed]}
            ---
            apiVersion: tidewatch.io/v1alpha1
            kind: Calendar
            metadata: {name: closed, namespace: other}
            spec:
              dates: [{from: 2026-01-01, to: 2030-01-01}]
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("cart.yaml"), DEFINITIONS);
        Files.writeString(folder.resolve("sources.yaml"), """
                sources:
                  - {name: evil, url: "https://git.example.com/evil.git", ref: main, namespaces: [evil],
                     auth: {username: bot, password: "${env:NOT_SET_ANYWHERE}"}}
                  - {name: both, url: "https://git.example.com/both.git", ref: main, namespaces: [evil, other]}
                """);
        Files.writeString(folder.resolve("alerts.yaml"), """
                receivers:
                  - {name: payments-slack, type: slack, webhookUrl: "${file:/not/there}"}
                default: [payments-slack]
                """);
    }

    @Test
    void previewReportsThatTheCalendarIsMissing() {
        Typed typed = Typed.of("preview", file.toString(), "--namespaces", "evil", "--from", "2026-11-22");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("spec.windows[0].except[0]: no Calendar other/closed", "[missing-calendar]");
        assertThat(typed.out()).doesNotContain("odd");
    }

    @Test
    void validateTakesNamespacesAndReceiversFromTheConfiguration() {
        Typed evil = Typed.of("validate", file.toString(), "--config", folder.toString(), "--source", "evil");
        Typed both = Typed.of("validate", file.toString(), "--config", folder.toString(), "--source", "both");

        assertThat(evil.exitCode()).isEqualTo(1);
        assertThat(evil.out())
                .contains("[outside-namespaces]", "[missing-calendar]")
                .contains(
                        "spec.alerts.receivers[0]: no receiver payment-slack is configured; did you mean payments-slack?");
        assertThat(both.out()).doesNotContain("[missing-calendar]").contains("[unknown-receiver]");
    }

    /** Where it was passed over, the files of that kind were not checked, and nobody was told. */
    @Test
    void aKindThatNoSourceCanListIsAnError() throws IOException {
        Files.writeString(folder.resolve("sources.yaml"), """
                sources:
                  - name: evil
                    url: https://git.example.com/evil.git
                    ref: main
                    kinds:
                      - apps/v1/Deployment
                      - apps/v1/StatefullSet
                """);

        assertThat(Typed.of("validate", file.toString(), "--config", folder.toString()))
                .isEqualTo(new Typed(
                        2,
                        "",
                        "tidewatch: sources.yaml:7: sources[0].kinds[1]: apps/v1/StatefullSet is no kind that Tidewatch applies"
                                + " beside Rollouts and ScaledObjects; known are apps/v1/Deployment, apps/v1/StatefulSet,"
                                + " autoscaling/v2/HorizontalPodAutoscaler; did you mean apps/v1/StatefulSet? [wrong-value]\n"
                                + "tidewatch: the configuration in " + folder + " cannot be used\n"));
    }

    @Test
    void kindsThatAreNoListAreAnError() throws IOException {
        Files.writeString(folder.resolve("sources.yaml"), """
                sources:
                  - {name: evil, url: "https://git.example.com/evil.git", ref: main, kinds: apps/v1/Deployment}
                """);

        assertThat(Typed.of("preview", file.toString(), "--config", folder.toString())
                        .err())
                .startsWith("tidewatch: sources.yaml:2: sources[0].kinds: kinds must be a list [wrong-type]\n");
    }

    @Test
    void ofSeveralSourcesOneMustBeNamed() {
        assertThat(Typed.of("validate", file.toString(), "--config", folder.toString()))
                .isEqualTo(new Typed(2, "", "tidewatch: sources both, evil are configured; name one with --source\n"));
        assertThat(Typed.of("validate", file.toString(), "--config", folder.toString(), "--source", "evli")
                        .err())
                .isEqualTo("tidewatch: no source evli in the configuration; did you mean evil?\n");
        assertThat(Typed.of("validate", file.toString(), "--source", "evil").exitCode())
                .isEqualTo(2);
    }
}
