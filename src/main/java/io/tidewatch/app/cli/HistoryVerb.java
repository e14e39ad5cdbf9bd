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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The last nights, step by step, asked of a running reconciler. */
@Command(
        name = "history",
        description = "The steps of the last nights, the newest first; times are the host's.",
        mixinStandardHelpOptions = true)
final class HistoryVerb implements Callable<Integer> {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> HEADINGS = List.of(
            "NAME", "WINDOW", "MIN", "SCHEDULED", "PATCHED", "HPA", "READY", "LAG", "VERDICT", "COMMIT", "AUTHOR");

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A ScaledObject: NAME or NAMESPACE/NAME.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--config", paramLabel = "DIR", description = "Where the three configuration files lie.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            description = "table, json or yaml.",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        JsonNode answer = new Running(Configurations.read(config).http()).ask("/history");
        List<JsonNode> steps = new ArrayList<>();
        answer.path("steps").forEach(steps::add);
        steps.removeIf(step -> name.isPresent() && !isMeant(step.path("target").asText(), name.get()));
        Tidewatch.out().print(format == Format.table ? table(steps) : document(answer, steps));
        Tidewatch.out().flush();
        return 0;
    }

    private static boolean isMeant(String target, String name) {
        return target.equals(name) || target.endsWith("/" + name);
    }

    private String document(JsonNode answer, List<JsonNode> steps) {
        Map<String, Object> document =
                JsonMapper.builder().build().convertValue(answer, new TypeReference<Map<String, Object>>() {});
        document.put("steps", JsonMapper.builder().build().convertValue(steps, new TypeReference<List<Object>>() {}));
        return Documents.text(document, format);
    }

    private static String table(List<JsonNode> steps) {
        if (steps.isEmpty()) {
            return "no step yet\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        steps.forEach(step -> rows.add(row(step)));
        return new TextTable(rows).text();
    }

    private static List<String> row(JsonNode step) {
        Instant scheduled = Instant.parse(step.path("scheduled").asText());
        return List.of(
                step.path("target").asText(),
                step.hasNonNull("window") ? step.path("window").asText() : "-",
                step.path("to").asText(),
                DAY_AND_TIME.format(scheduled.atZone(ZoneId.systemDefault())),
                after(step, "patched", scheduled),
                after(step, "hpa", scheduled),
                after(step, "ready", scheduled),
                step.hasNonNull("lag")
                        ? Duration.parse(step.path("lag").asText()).toSeconds() + "s"
                        : "-",
                step.path("verdict").asText(),
                step.path("commit").asText(),
                step.path("author").asText());
    }

    /** Seconds after the instant that it was scheduled for. */
    private static String after(JsonNode step, String field, Instant scheduled) {
        return step.hasNonNull(field)
                ? "+"
                        + Duration.between(
                                        scheduled,
                                        Instant.parse(step.path(field).asText()))
                                .toSeconds() + "s"
                : "-";
    }
}
