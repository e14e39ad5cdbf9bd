package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --check} without a network. */
class ConfigurationCheckTest {

    @TempDir
    Path folder;

    @BeforeEach
    void aConfigurationThatCanBeUsed() throws IOException {
        Path token = Files.writeString(folder.resolve("git-token"), "secret\n");
        file("application.properties", "tidewatch.state.directory = " + folder.resolve("state") + "\n");
        file("sources.yaml", """
                sources:
                  - name: shop
                    url: https://git.example.com/shop/deploy.git
                    ref: main
                    auth: {username: bot, password: "${file:%s}"}
                    namespaces: [shop]
                """.formatted(token));
        file("alerts.yaml", """
                receivers:
                  - {name: oncall, type: slack, webhookUrl: "https://hooks.example.com/services/T0/B0/x"}
                default: [oncall]
                """);
    }

    @Test
    void aConfigurationWithoutErrorsIsFine() {
        assertThat(check()).isEqualTo(new Typed(0, "1 source, 1 receiver, 0 errors, 0 warnings\n", ""));
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void everyProblemIsPrintedWithFileLineFieldAndWhatWouldBeRight() throws IOException {
        file("application.properties", "tidewatch.resync = soon\n");
        file("sources.yaml", """
                sources:
                  - name: shop
                    uri: https://git.example.com/shop/deploy.git
                    ref: main
                    auth: {username: bot, password: "${file:/run/secrets/not-there}"}
                """);
        file("alerts.yaml", "receivers: [{name: oncall, type: slack, webhookUrl: '${env:NOT_SET_ANYWHERE}'}]\n");

        Typed typed = check();

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out().lines())
                .contains(
                        "error    application.properties:1: tidewatch.resync: tidewatch.resync must be a duration like 30s,"
                                + " 5m or PT5M, not \"soon\" [wrong-value]",
                        "error    sources.yaml:3: sources[0].uri: unknown field; did you mean url? [unknown-field]",
                        "error    sources.yaml:5: sources[0].auth.password: there is no readable file"
                                + " /run/secrets/not-there [missing-file]",
                        "error    alerts.yaml:1: receivers[0].webhookUrl: the environment has no variable"
                                + " NOT_SET_ANYWHERE [missing-variable]");
        assertThat(typed.err()).isEqualTo("tidewatch: the configuration in " + folder + " cannot be used\n");
    }

    /** A secret that is a folder, or no text, hides no other problem. */
    @Test
    void aSecretThatCannotBeReadIsAProblemOfItsLine() throws IOException {
        Files.write(folder.resolve("git-token"), new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xff});
        file("alerts.yaml", "receivers: []\n");

        assertThat(check().out())
                .contains("error    sources.yaml:5: sources[0].auth.password: there is no readable file "
                        + folder.resolve("git-token") + " [missing-file]\n");
    }

    @Test
    void warningsDoNotFail() throws IOException {
        file("alerts.yaml", "receivers: []\n");

        Typed typed = check();

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .startsWith("warning  alerts.yaml:1: receivers: no receiver is configured")
                .endsWith("1 source, 0 receivers, 0 errors, 1 warning\n");
    }

    @Test
    void aDocumentForScripts() throws IOException {
        file("sources.yaml", "sources: [{name: shop}]\n");

        Typed typed = check("-o", "json");

        assertThat(typed.exitCode()).isEqualTo(2);
        JsonNode document = JsonMapper.builder().build().readTree(typed.out());
        assertThat(document.path("usable").asBoolean()).isFalse();
        JsonNode problem = document.path("problems").path(0);
        assertThat(problem.path("file").asText()).isEqualTo("sources.yaml");
        assertThat(problem.path("line").asInt()).isEqualTo(1);
        assertThat(problem.path("path").asText()).startsWith("sources[0]");
        assertThat(problem.path("severity").asText()).isEqualTo("error");
        assertThat(problem.path("message").asText()).isNotEmpty();
    }

    @Test
    void aMissingFolderIsReported() {
        assertThat(Typed.of("run", "--check", "--config", "/nowhere"))
                .isEqualTo(new Typed(2, "", "tidewatch: --config /nowhere is not a folder\n"));
    }

    private Typed check(String... more) {
        String[] line = new String[more.length + 4];
        System.arraycopy(new String[] {"run", "--check", "--config", folder.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return Typed.of(line);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
