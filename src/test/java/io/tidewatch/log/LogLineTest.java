package io.tidewatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One event is one line, whatever is in it, and a machine reads back what went in. */
class LogLineTest {

    private static final Instant AT = Instant.parse("2026-11-22T13:30:00.0219Z");
    private static final DiaryEntry OPENS = new DiaryEntry(
            AT,
            Optional.of(new Target("shop", "checkout")),
            "minimum-set",
            "window midnight-peak opens: minimum 5 → 7 (3f2c1ab, Dana)");

    @Test
    void aLineHasInstantLevelCodeAndFields() {
        assertThat(printed(OPENS, false))
                .isEqualTo("2026-11-22T13:30:00.021Z INFO minimum-set target=shop/checkout"
                        + " msg=\"window midnight-peak opens: minimum 5 → 7 (3f2c1ab, Dana)\"\n");
    }

    @Test
    void theSameAsJson() throws IOException {
        String line = printed(OPENS, true);
        JsonNode read = JsonMapper.builder().build().readTree(line);

        assertThat(line).endsWith("}\n").doesNotContain("\n{");
        assertThat(read.path("at").asText()).isEqualTo("2026-11-22T13:30:00.021Z");
        assertThat(read.path("level").asText()).isEqualTo("INFO");
        assertThat(read.path("event").asText()).isEqualTo("minimum-set");
        assertThat(read.path("target").asText()).isEqualTo("shop/checkout");
        assertThat(read.path("msg").asText()).isEqualTo(OPENS.text());
    }

    @Test
    void longTextsAreNeverWrapped() {
        String text = "pods cannot be scheduled ".repeat(40).strip();

        assertThat(printed(new DiaryEntry(AT, Optional.empty(), "AvailabilityLag", text), false)
                        .lines())
                .singleElement()
                .asString()
                .contains(" WARN AvailabilityLag msg=\"" + text + "\"");
    }

    @Test
    void quotesBreaksAndControlsStayWithinTheirValue() {
        LogLine line = new LogLine(AT, "WARN", "log", Map.of("msg", "a=\"b\"\\ \n\tc\u001b[2J\u0085"));

        assertThat(line.text()).endsWith(" log msg=\"a=\\\"b\\\"\\\\ \\n\\tc\\u001b[2J\\u0085\"");
        assertThat(line.json()).doesNotContain("\n");
    }

    @Test
    void anEmptyValueIsThere() {
        assertThat(new LogLine(AT, "INFO", "log", Map.of("msg", "")).text()).endsWith(" msg=\"\"");
    }

    @Test
    void aValueHasABound() {
        assertThat(new LogLine(AT, "INFO", "log", Map.of("msg", "x".repeat(1_000_000))).text())
                .hasSizeLessThan(101_000)
                .endsWith("x…");
    }

    @Test
    void theLogOfAClassHasTheSameFormatWithItsTraceInTheLine() {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                LogLineTest.class.getName(),
                context.getLogger("io.tidewatch.loop.source.GitStage"),
                Level.WARN,
                "source {}: {}",
                new IllegalStateException("no answer"),
                new Object[] {"shop", "no answer"});
        event.setThreadName("pull");
        event.setInstant(AT);

        String line = new String(new LineEncoder(LogLine::text).encode(event), StandardCharsets.UTF_8);

        assertThat(line.lines())
                .singleElement()
                .asString()
                .startsWith("2026-11-22T13:30:00.021Z WARN log logger=GitStage thread=pull"
                        + " msg=\"source shop: no answer\" trace=\"java.lang.IllegalStateException: no answer")
                .contains("\\tat io.tidewatch.log.LogLineTest");
    }

    private static String printed(DiaryEntry entry, boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        (json ? MachineLog.json(out) : MachineLog.text(out)).print(entry);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
