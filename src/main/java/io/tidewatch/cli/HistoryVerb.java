package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Durations;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the steps of the last nights, from a running reconciler. */
@Command(
        name = "history",
        description = "List the steps of the last nights, newest first, in the time zone of this machine.",
        mixinStandardHelpOptions = true)
final class HistoryVerb implements Callable<Integer> {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final List<String> HEADINGS = List.of(
            "NAME",
            "WINDOW",
            "MIN",
            "SCHEDULED",
            "STARTED",
            "PATCHED",
            "HPA",
            "READY",
            "READY AT",
            "LAG",
            "ON TIME",
            "VERDICT",
            "COMMIT",
            "AUTHOR");

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A ScaledObject: NAME or NAMESPACE/NAME. Default: all.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--summary",
            description = "How often each window of each target was on time, in its last 30 steps.")
    private boolean summary;

    @Option(
            names = "--at",
            paramLabel = "T",
            description =
                    "What was diagnosed of NAME at this instant: a time with offset or Z, or a local date or date-time.",
            converter = Instants.class)
    private Optional<Instant> at = Optional.empty();

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (at.isPresent()) {
            return diagnosis(at.get());
        }
        JsonNode answer = config.running().get("/history");
        List<JsonNode> steps = new ArrayList<>();
        answer.path("steps").forEach(steps::add);
        steps.removeIf(step -> name.isPresent() && !isMeant(step.path("target").asText(), name.get()));
        if (summary) {
            List<OnTime> windows = OnTime.of(steps);
            output.print(() -> summary(windows), () -> Map.of("windows", OnTime.document(windows)));
            return 0;
        }
        String older = answer.path("cut").asBoolean() ? "older steps are not listed\n" : "";
        output.print(() -> table(steps) + older, () -> RunningReconciler.with(answer, "steps", steps));
        return 0;
    }

    private int diagnosis(Instant instant) {
        if (name.isEmpty() || summary) {
            throw new IllegalArgumentException(
                    "--at shows one target; write history NAMESPACE/NAME --at T, without --summary");
        }
        PastDiagnoses past = PastDiagnoses.of(config.running(), name.get(), instant);
        output.print(past::text, past::document);
        return 0;
    }

    private static boolean isMeant(String target, String name) {
        return target.equals(name) || target.endsWith("/" + name);
    }

    private String table(List<JsonNode> steps) {
        if (steps.isEmpty()) {
            return "no step" + name.map(target -> " of " + target).orElse("") + " yet\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        steps.forEach(step -> rows.add(row(step)));
        return new TextTable(rows).text();
    }

    private String summary(List<OnTime> windows) {
        if (windows.isEmpty()) {
            return "no step at an edge" + name.map(target -> " of " + target).orElse("") + " yet\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(OnTime.HEADINGS);
        windows.forEach(window -> rows.add(window.row()));
        return new TextTable(rows).text();
    }

    private static List<String> row(JsonNode step) {
        Instant scheduled = Instant.parse(step.path("scheduled").asText());
        return List.of(
                step.path("target").asText(),
                step.hasNonNull("window") ? step.path("window").asText() : "-",
                step.path("to").asText(),
                DAY_AND_TIME.format(scheduled.atZone(ZoneId.systemDefault())),
                after(step, "started", scheduled),
                after(step, "patched", scheduled),
                after(step, "hpa", scheduled),
                after(step, "ready", scheduled),
                ReadyAt.of(step, "ready", TIME.withZone(ZoneId.systemDefault())),
                step.hasNonNull("lag")
                        ? Durations.compact(Duration.parse(step.path("lag").asText()))
                        : "-",
                step.hasNonNull("onTime") ? step.path("onTime").asText().replace('_', ' ') : "-",
                verdict(step),
                step.path("commit").asText(),
                step.path("author").asText());
    }

    /** With the reason why the step was due where that was no edge. */
    private static String verdict(JsonNode step) {
        String state = step.path("verdict").asText();
        return switch (step.path("due").asText("edge")) {
            case "created" -> state + ", created";
            case "taken-over" -> state + ", taken over";
            case "no-edge" -> state + ", no edge";
            default -> state;
        };
    }

    /** The time after the scheduled instant. Never negative, since objects have their times in whole seconds. */
    private static String after(JsonNode step, String field, Instant scheduled) {
        return step.hasNonNull(field)
                ? "+"
                        + Durations.compact(Duration.between(
                                scheduled, Instant.parse(step.path(field).asText())))
                : "-";
    }
}
