package io.tidewatch.app.cli;

import io.tidewatch.app.cli.Documents.Format;
import io.tidewatch.definition.DefinitionReader.Validation;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.Edge;
import io.tidewatch.model.ScaleSchedule;
import io.tidewatch.schedule.Edges;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The calendar before the night comes. */
@Command(
        name = "preview",
        description = "Each change of a wanted minimum or maximum, with its instant.",
        mixinStandardHelpOptions = true)
final class PreviewVerb implements Callable<Integer> {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, folders, or - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--from", description = "An instant; now by default.", converter = Instants.class)
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--days", description = "How many days.", defaultValue = "7")
    private int days = 7;

    @Option(
            names = {"-o", "--output"},
            description = "table, json or yaml.",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        Validation read = Offline.readAndSay(paths);
        Definitions definitions = new Definitions(List.of(read.definitions()));
        Instant begin = from.orElseGet(Instant::now);
        List<Edge> edges = Edges.between(definitions, begin, begin.plus(Duration.ofDays(days)));
        Tidewatch.out()
                .print(
                        format == Format.table
                                ? table(edges, definitions)
                                : Documents.text(document(edges, definitions), format));
        Tidewatch.out().flush();
        return read.definitions().hasErrors() ? 1 : 0;
    }

    private static String table(List<Edge> edges, Definitions definitions) {
        if (edges.isEmpty()) {
            return "no change in this time\n";
        }
        StringBuilder text = new StringBuilder();
        for (Edge edge : edges) {
            text.append(String.format(
                    "%-27s %-20s %-16s minimum %s → %s%s%n",
                    DAY_AND_TIME.format(edge.at().atZone(zoneOf(edge, definitions))),
                    edge.target(),
                    edge.window().orElse("baseline"),
                    edge.from().map(Bounds::min).map(String::valueOf).orElse("?"),
                    edge.to().map(Bounds::min).map(String::valueOf).orElse("?"),
                    ceiling(edge)));
        }
        return text.toString();
    }

    private static String ceiling(Edge edge) {
        Optional<Integer> before = edge.from().map(Bounds::max);
        Optional<Integer> after = edge.to().map(Bounds::max);
        return before.equals(after)
                ? ""
                : ", maximum " + before.map(String::valueOf).orElse("?") + " → "
                        + after.map(String::valueOf).orElse("?");
    }

    private static Map<String, Object> document(List<Edge> edges, Definitions definitions) {
        List<Object> rows = new ArrayList<>();
        for (Edge edge : edges) {
            ZoneId zone = zoneOf(edge, definitions);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("at", ISO.format(edge.at().atZone(zone)));
            row.put("schedule", edge.schedule());
            row.put("target", edge.target().toString());
            row.put("window", edge.window().orElse(null));
            row.put("actsAt", ISO.format(edge.actsAt().atZone(zone)));
            row.put("edge", edge.isEnd() ? "end" : "start");
            row.put("from", number(edge.from(), Bounds::min));
            row.put("to", number(edge.to(), Bounds::min));
            row.put("fromMax", number(edge.from(), Bounds::max));
            row.put("toMax", number(edge.to(), Bounds::max));
            rows.add(row);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("edges", rows);
        return document;
    }

    private static @Nullable Object number(Optional<Bounds> bounds, ToIntFunction<Bounds> side) {
        return bounds.isPresent() ? (Object) side.applyAsInt(bounds.get()) : null;
    }

    private static ZoneId zoneOf(Edge edge, Definitions definitions) {
        return definitions.sources().stream()
                .flatMap(source -> source.schedules().stream())
                .filter(schedule -> schedule.id().equals(edge.schedule()))
                .map(ScaleSchedule::timeZone)
                .findFirst()
                .orElse(ZoneId.of("UTC"));
    }
}
