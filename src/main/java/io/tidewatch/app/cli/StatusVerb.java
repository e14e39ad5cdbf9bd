package io.tidewatch.app.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.app.cli.Documents.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the scheduled targets stand, asked of a running reconciler. */
@Command(name = "status", description = "How the scheduled targets stand.", mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {

    private static final DateTimeFormatter NEXT = DateTimeFormatter.ofPattern("EEE HH:mm");
    private static final List<String> HEADINGS =
            List.of("NAME", "WINDOW", "MIN", "READY", "STATE", "NEXT", "AGE", "MESSAGE");
    private static final long PERIOD_SECONDS = 2;
    private static final String CLEAR = "\033[H\033[2J";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS")
    private Optional<String> namespace = Optional.empty();

    @Option(names = "--watch", description = "Again and again, until interrupted.")
    private boolean watch;

    @Option(names = "--config", paramLabel = "DIR", description = "Where the three configuration files lie.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            description = "table, json or yaml.",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() throws InterruptedException {
        Running running = new Running(Configurations.read(config).http());
        print(running.ask("/status"), "");
        while (watch) {
            TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
            print(running.ask("/status"), format == Format.table ? CLEAR : "");
        }
        return 0;
    }

    private void print(JsonNode answer, String before) {
        List<JsonNode> targets = new ArrayList<>();
        answer.path("targets").forEach(targets::add);
        targets.removeIf(target ->
                namespace.isPresent() && !target.path("target").asText().startsWith(namespace.get() + "/"));
        Tidewatch.out().print(before + (format == Format.table ? table(answer, targets) : document(answer, targets)));
        Tidewatch.out().flush();
    }

    private String document(JsonNode answer, List<JsonNode> targets) {
        Map<String, Object> document =
                JsonMapper.builder().build().convertValue(answer, new TypeReference<Map<String, Object>>() {});
        document.put(
                "targets", JsonMapper.builder().build().convertValue(targets, new TypeReference<List<Object>>() {}));
        return Documents.text(document, format);
    }

    private static String table(JsonNode answer, List<JsonNode> targets) {
        if (targets.isEmpty()) {
            return "no schedule names a target\n";
        }
        Instant now = Instant.parse(answer.path("at").asText());
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        targets.forEach(target -> rows.add(row(target, now)));
        return new TextTable(rows).text();
    }

    private static List<String> row(JsonNode target, Instant now) {
        String min = target.path("min").asText("?");
        String wanted = target.path("wanted").asText();
        return List.of(
                target.path("target").asText(),
                text(target, "window", "-"),
                min.equals(wanted) ? min : min + " → " + wanted,
                text(target, "available", "?") + "/" + text(target, "replicas", "?"),
                target.path("state").asText()
                        + (target.hasNonNull("cause")
                                ? "/" + target.path("cause").asText()
                                : ""),
                target.hasNonNull("next")
                        ? NEXT.format(
                                Instant.parse(target.path("next").asText()).atZone(ZoneId.systemDefault()))
                        : "-",
                age(Duration.between(Instant.parse(target.path("since").asText()), now)),
                target.path("message").asText());
    }

    private static String text(JsonNode row, String field, String otherwise) {
        return row.hasNonNull(field) ? row.path(field).asText() : otherwise;
    }

    private static String age(Duration length) {
        if (length.toHours() > 0) {
            return length.toHours() + "h" + length.toMinutesPart() + "m";
        }
        return length.toMinutes() > 0 ? length.toMinutes() + "m" : Math.max(0, length.toSeconds()) + "s";
    }
}
