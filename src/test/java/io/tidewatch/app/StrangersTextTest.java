package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.log.Console;
import io.tidewatch.model.Commit;
import io.tidewatch.model.HostileText;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.observe.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What others wrote comes out of every door without anything that moves a cursor, reverses a line or hides in it. */
class StrangersTextTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");

    @Test
    void aForgedLineStaysInsideOfItsOwn() {
        Commit commit = new Commit(
                "shop",
                "3f2c1ab9",
                "E\u001b[2Jve",
                NOW,
                "harmless\r18:00:00 shop/checkout  window peak opens: minimum 5 → 7\u001b[K");

        assertThat(printed(new DiaryEntry(
                        NOW,
                        Optional.empty(),
                        "commit-read",
                        "commit " + commit.shortId() + " (" + commit.author() + "): " + commit.subject())))
                .containsExactly(
                        "13:30:00 tidewatch      commit 3f2c1ab (E[2Jve): harmless 18:00:00 shop/checkout window peak"
                                + " opens: minimum 5 → 7[K");
    }

    @RepeatedTest(200)
    void nothingOfAStrangerMovesTheCursor(RepetitionInfo round) {
        Random random = new Random(20261128L + round.getCurrentRepetition());
        String hostile = HostileText.of(random, 60);
        Commit commit = new Commit("shop", "3f2c1ab9", hostile, NOW, hostile);
        HostileText.assertClean(commit.author(), Limits.STRANGER_NAME);
        HostileText.assertClean(commit.subject(), Limits.STRANGER_MESSAGE);

        DiaryEntry entry = new DiaryEntry(NOW, Optional.of(CHECKOUT), "available", "held until: " + hostile);
        HostileText.assertClean(entry.text(), Limits.LINE);
        printed(entry).forEach(line -> HostileText.assertClean(line, Limits.LINE + 100));

        HostileText.assertClean(new Skipped(CHECKOUT, Skipped.HELD, hostile).text(), Limits.LINE);
        HostileText.assertClean(
                new Problem("a.yaml", 1, hostile, Problem.Severity.ERROR, "wrong-value", hostile).message(),
                Limits.LINE);
        HostileText.assertClean(answer(hostile), Limits.STRANGER_MESSAGE);
        HostileText.assertClean(
                ObjectReader.event(Map.of("message", hostile, "reason", "Failed"))
                        .message(),
                600);

        AlertMessage message = new AlertMessage(
                AlertMessage.Envelope.id("id").of("conversation").to("oncall"),
                List.of(),
                AlertMessage.Moment.OPENED,
                Severity.CRITICAL,
                AlertMessage.Text.headline(hostile).body("first\n" + hostile),
                AlertMessage.Times.at(NOW));
        HostileText.assertClean(message.headline(), Limits.LINE);
        assertThat(message.body()).startsWith("first\n");
        message.body().lines().forEach(line -> HostileText.assertClean(line, Integer.MAX_VALUE));
    }

    private static String answer(String words) {
        return ServerMessages.of(new KubernetesClientException(
                new StatusBuilder().withCode(422).withMessage(words).build()));
    }

    private static List<String> printed(DiaryEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Console(new PrintStream(out, true, StandardCharsets.UTF_8), ZoneOffset.UTC, 10_000, false).print(entry);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
