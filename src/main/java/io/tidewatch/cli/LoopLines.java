package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The lines of {@code status} around its table: how old the table is and why, and the state of the sources. */
final class LoopLines {

    /** There is at least one pass in a resync. A table older than this many resyncs is outdated. */
    private static final int RESYNCS = 2;

    /** How many sources a line names. */
    private static final int NAMED = 5;

    private static final int SHORT_ID = 7;
    private static final List<String> HEADINGS = List.of("SOURCE", "IN FORCE", "SEEN", "ASKED", "TROUBLE");

    private LoopLines() {}

    /** Empty while passes end in time. */
    static String before(JsonNode answer) {
        Instant now = Instant.parse(answer.path("at").asText());
        JsonNode pass = answer.path("lastPass");
        StringBuilder lines = new StringBuilder();
        if (pass.path("failedInARow").asInt() > 0) {
            lines.append("failed passes: ")
                    .append(pass.path("failedInARow").asInt())
                    .append(" in a row, the last ")
                    .append(ago(pass, "failed", now))
                    .append(" ago in ")
                    .append(pass.path("why").asText())
                    .append('\n');
        }
        if (pass.hasNonNull("runningSince")
                && isOld(answer, Instant.parse(pass.path("runningSince").asText()), now)) {
            lines.append("the current pass has run for ")
                    .append(ago(pass, "runningSince", now))
                    .append(" and is in stage ")
                    .append(pass.path("stage").asText())
                    .append('\n');
        }
        if (!pass.hasNonNull("ended")) {
            lines.append("no pass has finished yet\n");
        } else if (isOld(answer, Instant.parse(pass.path("ended").asText()), now)) {
            lines.append("the table is ").append(ago(pass, "ended", now)).append(" old: no pass has finished since\n");
        }
        return lines + unread(answer);
    }

    /** The sources whose targets are missing in the table: after a start the definitions come a moment later. */
    private static String unread(JsonNode answer) {
        Map<Boolean, List<String>> byRead = new TreeMap<>();
        Set<String> unread = new HashSet<>();
        answer.path("unread").forEach(source -> unread.add(source.asText()));
        answer.path("sources").forEach(source -> {
            if (unread.contains(source.path("source").asText())) {
                byRead.computeIfAbsent(source.hasNonNull("commitInForce"), read -> new ArrayList<>())
                        .add(source.path("source").asText());
            }
        });
        StringBuilder lines = new StringBuilder();
        byRead.forEach((read, names) -> lines.append(
                read
                        ? "the first pass with the definitions of " + sources(names) + " has not ended yet\n"
                        : "the definitions of " + sources(names) + " have not been read yet\n"));
        return lines.toString();
    }

    private static String sources(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return (names.size() == 1 ? "source " : "sources ")
                + shown
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** Why the replica that answers writes nothing, above the table: another one leads, or none can. */
    static String leader(JsonNode answer) {
        JsonNode leader = answer.path("leader");
        if (leader.isMissingNode() || leader.path("leads").asBoolean()) {
            return "";
        }
        String named = leader.path("leader").asText("");
        if (leader.hasNonNull("why")) {
            return "this replica writes nothing: " + leader.path("why").asText() + "\n";
        }
        return !leader.hasNonNull("leader")
                        || named.equals(leader.path("replica").asText())
                ? ""
                : "this replica writes nothing: " + named + " leads\n";
    }

    /** The table of the sources, below the targets. */
    static String sources(JsonNode answer) {
        if (answer.path("sources").isEmpty()) {
            return "";
        }
        Instant now = Instant.parse(answer.path("at").asText());
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        answer.path("sources")
                .forEach(source -> rows.add(List.of(
                        source.path("source").asText(),
                        commit(source, "commitInForce"),
                        commit(source, "commitSeen"),
                        source.hasNonNull("lastAsked") ? ago(source, "lastAsked", now) + " ago" : "never",
                        source.hasNonNull("trouble") ? source.path("trouble").asText() : "-")));
        return "\n" + new TextTable(rows).text();
    }

    private static boolean isOld(JsonNode answer, Instant then, Instant now) {
        Duration old = Duration.parse(answer.path("resync").asText()).multipliedBy(RESYNCS);
        return Duration.between(then, now).compareTo(old) > 0;
    }

    private static String ago(JsonNode node, String field, Instant now) {
        return Durations.compact(Duration.between(Instant.parse(node.path(field).asText()), now));
    }

    private static String commit(JsonNode source, String field) {
        String id = source.hasNonNull(field) ? source.path(field).asText() : "-";
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}
