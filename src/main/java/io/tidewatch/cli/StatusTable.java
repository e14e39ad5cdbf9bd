package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.config.Configuration;
import io.tidewatch.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code status} prints for people: the targets, with the state of the loop above them and that of the sources below.
 *
 * @param answer to {@code GET /status}
 * @param zone in which times are shown
 */
public record StatusTable(JsonNode answer, ZoneId zone) {

    private static final DateTimeFormatter SOON = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter READY_AT = DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH);
    private static final Duration SAME_WEEK = Duration.ofDays(6);
    private static final List<String> HEADINGS =
            List.of("NAME", "WINDOW", "MIN", "READY", "READY AT", "STATE", "NEXT", "LEAD", "AGE", "MESSAGE");

    /**
     * Asks a running reconciler.
     *
     * @throws IllegalArgumentException if nothing answers there, or the answer is an error
     */
    public static StatusTable ask(Configuration.Http http, ZoneId zone) {
        return new StatusTable(new RunningReconciler(http).get("/status"), zone);
    }

    /** The targets of all namespaces, or of one. The sources belong to no namespace, so one namespace is shown without them. */
    public String text(Optional<String> namespace) {
        List<JsonNode> targets = targets(namespace);
        StringBuilder warnings = new StringBuilder();
        answer.path("warnings")
                .forEach(warning ->
                        warnings.append("warning: ").append(warning.asText()).append('\n'));
        return HoldLines.of(targets)
                + warnings
                + LoopLines.leader(answer)
                + LoopLines.before(answer)
                + table(targets, namespace)
                + (namespace.isPresent() ? "" : LoopLines.sources(answer));
    }

    /** The rows of the targets of all namespaces, or of one. */
    public List<JsonNode> targets(Optional<String> namespace) {
        List<JsonNode> targets = new ArrayList<>();
        answer.path("targets").forEach(targets::add);
        targets.removeIf(target ->
                namespace.isPresent() && !target.path("target").asText().startsWith(namespace.get() + "/"));
        return targets;
    }

    private String table(List<JsonNode> targets, Optional<String> namespace) {
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

    private List<String> row(JsonNode target, Instant now) {
        String min = target.path("min").asText("?");
        String desired = target.path("wanted").asText("?");
        return List.of(
                target.path("target").asText(),
                text(target, "window", "-"),
                min.equals(desired) ? min : min + " → " + desired,
                text(target, "available", "?") + "/" + text(target, "replicas", "?"),
                ReadyAt.of(target, "readyAt", READY_AT.withZone(zone)),
                target.path("state").asText()
                        + (target.hasNonNull("cause")
                                ? "/" + target.path("cause").asText()
                                : ""),
                target.hasNonNull("next")
                        ? next(Instant.parse(target.path("next").asText()), now, zone)
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
        return (next.isBefore(now.plus(SAME_WEEK)) ? SOON : LATER).format(next.atZone(zone));
    }
}
