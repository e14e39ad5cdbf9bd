package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the state of the scheduled targets, from a running reconciler. */
@Command(name = "status", description = "Show the state of all scheduled targets.", mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {

    private static final DateTimeFormatter SOON = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter READY_AT = DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final Duration SAME_WEEK = Duration.ofDays(6);
    private static final List<String> HEADINGS =
            List.of("NAME", "WINDOW", "MIN", "READY", "READY AT", "STATE", "NEXT", "LEAD", "AGE", "MESSAGE");
    private static final long PERIOD_SECONDS = 2;
    private static final String CLEAR = "\033[H\033[2J";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Show only the targets of this namespace.")
    private Optional<String> namespace = Optional.empty();

    @Option(names = "--watch", description = "Repeat every 2 s until interrupted.")
    private boolean watch;

    @Mixin
    private ConfigurationFolder config = new ConfigurationFolder();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        RunningReconciler running = config.running();
        print(running.get("/status"), "");
        while (watch) {
            TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
            again(running);
        }
        return 0;
    }

    /** Goes on while the reconciler restarts. */
    private void again(RunningReconciler running) {
        try {
            print(running.get("/status"), output.isTable() ? CLEAR : "");
        } catch (IllegalArgumentException away) {
            Tidewatch.err().println("tidewatch: " + FailureMessages.of(away));
        }
    }

    private void print(JsonNode answer, String before) {
        List<JsonNode> targets = new ArrayList<>();
        answer.path("targets").forEach(targets::add);
        targets.removeIf(target ->
                namespace.isPresent() && !target.path("target").asText().startsWith(namespace.get() + "/"));
        Tidewatch.out().print(before);
        output.print(() -> table(answer, targets), () -> RunningReconciler.with(answer, "targets", targets));
    }

    private String table(JsonNode answer, List<JsonNode> targets) {
        StringBuilder warnings = new StringBuilder();
        answer.path("warnings")
                .forEach(warning ->
                        warnings.append("warning: ").append(warning.asText()).append('\n'));
        return HoldLines.of(targets)
                + warnings
                + LoopLines.leader(answer)
                + LoopLines.before(answer)
                + targets(answer, targets)
                + (namespace.isPresent() ? "" : LoopLines.sources(answer));
    }

    private String targets(JsonNode answer, List<JsonNode> targets) {
        if (targets.isEmpty() && !answer.path("unread").isEmpty()) {
            return "";
        }
        if (targets.isEmpty()) {
            return "no schedule has a target"
                    + namespace.map(name -> " in " + name).orElse("") + "\n";
        }
        Instant now = Instant.parse(answer.path("at").asText());
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        targets.forEach(target -> rows.add(row(target, now)));
        return new TextTable(rows).text();
    }

    private static List<String> row(JsonNode target, Instant now) {
        String min = target.path("min").asText("?");
        String desired = target.path("wanted").asText("?");
        return List.of(
                target.path("target").asText(),
                text(target, "window", "-"),
                min.equals(desired) ? min : min + " → " + desired,
                text(target, "available", "?") + "/" + text(target, "replicas", "?"),
                ReadyAt.of(target, "readyAt", READY_AT),
                target.path("state").asText()
                        + (target.hasNonNull("cause")
                                ? "/" + target.path("cause").asText()
                                : ""),
                target.hasNonNull("next")
                        ? next(Instant.parse(target.path("next").asText()), now, ZoneId.systemDefault())
                        : "-",
                text(target, "lead", "-").split(" ", 2)[0],
                Durations.compact(Duration.parse(target.path("age").asText())),
                target.path("message").asText());
    }

    private static String text(JsonNode row, String field, String otherwise) {
        return row.hasNonNull(field) ? row.path(field).asText() : otherwise;
    }

    /** With a weekday within a week, else with a date. */
    static String next(Instant next, Instant now, ZoneId zone) {
        ZonedDateTime local = next.atZone(zone);
        return (next.isBefore(now.plus(SAME_WEEK)) ? SOON : LATER).format(local);
    }
}
