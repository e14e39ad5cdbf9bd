package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Secrets whose files are replaced while Tidewatch runs, each through the configuration that names it. */
class SecretTest {

    private static final String URL = "https://hooks.example.com/services/";

    private final Map<String, String> files = new HashMap<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Secret.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void aReplacedFileCountsAtTheNextUse() {
        SecretText webhook = webhook();

        files.put("/hook", URL + "two\n");

        assertThat(webhook.get()).isEqualTo(URL + "two");
        assertThat(webhook.get()).isEqualTo(URL + "two");
        assertThat(webhook.known())
                .as("a failure may still name the one before")
                .containsExactly(URL + "two", URL + "one");
        assertThat(lines()).containsExactly("receivers[0].webhookUrl: a new value counts from now on");
    }

    @Test
    void theLastOneCountsWhileTheFileIsGoneEmptyOrWrongAndTheLogSaysSoOnce() {
        SecretText webhook = webhook();

        files.remove("/hook");
        assertThat(webhook.get()).isEqualTo(URL + "one");
        for (String text : List.of("", "\n", "  \n", "not a url")) {
            files.put("/hook", text);
            assertThat(webhook.get()).as(text).isEqualTo(URL + "one");
        }
        assertThat(lines())
                .containsExactly(
                        "receivers[0].webhookUrl: its file cannot be read; the value that was read last counts on");

        files.put("/hook", URL + "one");
        assertThat(webhook.get()).isEqualTo(URL + "one");
        files.put("/hook", "");
        assertThat(webhook.get()).isEqualTo(URL + "one");
        assertThat(lines())
                .as("it was there again in between")
                .hasSize(2)
                .last()
                .isEqualTo(
                        "receivers[0].webhookUrl: its file has no usable value; the value that was read last counts on");
    }

    @Test
    void aTokenIsReplacedByATokenOnly() {
        files.put("/token", "t0ken\n");
        SecretText token = accepted(Map.of("application.properties", "tidewatch.http.token = ${file:/token}\n"))
                .http()
                .token()
                .orElseThrow();

        files.put("/token", "r0tated\n");
        assertThat(token.get()).isEqualTo("r0tated");
        files.put("/token", "two words\n");
        assertThat(token.get()).isEqualTo("r0tated");
        files.put("/token", "");
        assertThat(token.get()).as("never without a token").isEqualTo("r0tated");
        assertThat(lines().toString()).doesNotContain("t0ken", "r0tated", "words");
    }

    @Test
    void aPasswordAtAMailServerIsReadAgain() {
        files.put("/mail", "one\n");
        Receiver receiver = accepted(Map.of(
                        "alerts.yaml",
                        "receivers: [{name: m, type: email, from: a@example.com, to: [b@example.com],"
                                + " smtp: {host: h, username: u, password: '${file:/mail}'}}]\ndefault: [m]\n"))
                .alerting()
                .receivers()
                .get(0);
        SecretText password = ((Receiver.Email) receiver).smtp().password().orElseThrow();

        files.put("/mail", "two\n");

        assertThat(password.get()).isEqualTo("two");
    }

    private SecretText webhook() {
        files.put("/hook", URL + "one\n");
        Receiver receiver = accepted(Map.of(
                        "alerts.yaml",
                        "receivers: [{name: c, type: slack, webhookUrl: '${file:/hook}'}]\ndefault: [c]\n"))
                .alerting()
                .receivers()
                .get(0);
        return ((Receiver.SlackWebhook) receiver).webhookUrl();
    }

    private Configuration accepted(Map<String, String> texts) {
        ConfigurationResult read =
                ConfigurationReader.read(texts, Map.of(), path -> Optional.ofNullable(files.get(path)));
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
