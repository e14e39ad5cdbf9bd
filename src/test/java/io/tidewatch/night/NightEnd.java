package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How things stand after a night: what must be the same whatever happened on the way, and what may differ within bounds.
 *
 * @param facts what must be the same, field by field
 * @param nudges PATCHes of ReplicaSets that reached the proxy
 * @param remembered attempts that the ScaledObject tells of
 * @param slack every message, repetitions too
 * @param mails the ids of all mails, repetitions too
 */
record NightEnd(SortedMap<String, String> facts, int nudges, int remembered, List<String> slack, List<String> mails) {

    /** Attempts of the schedule's one remedy. */
    private static final int BUDGET = 3;

    private static final String PREFIX = "tidewatch.io/";
    private static final Pattern ATTEMPTS = Pattern.compile("NudgeReplicaSets=(\\d+)@.*");

    static NightEnd of(PlayedNight night) {
        SortedMap<String, String> facts = new TreeMap<>();
        List.of("checkout", "cart").forEach(name -> {
            scaledObject(facts, name, night.look().scaledObject(name));
            rollout(facts, name, night.look().rollout(name));
            facts.put(
                    name + " hpa minimum",
                    night.look().hpa(name).path("spec").path("minReplicas").asText());
            facts.put(name + " ready pods", Integer.toString(night.look().readyPods(name)));
        });
        List<String> slack = night.playground().slack().messages();
        List<String> mails = night.playground().mail().mails().stream()
                .map(mail -> mail.id() + " " + mail.inReplyTo())
                .toList();
        facts.put(
                "slack, distinct messages",
                Long.toString(slack.stream().distinct().count()));
        facts.put(
                "slack, endings",
                Long.toString(slack.stream()
                        .distinct()
                        .filter(text -> text.contains(": resolved after "))
                        .count()));
        facts.put("mails, distinct ids", Long.toString(mails.stream().distinct().count()));
        journal(facts, night);
        Matcher attempts = ATTEMPTS.matcher(night.look()
                .scaledObject("checkout")
                .path("metadata")
                .path("annotations")
                .path(PREFIX + "remedies")
                .asText());
        return new NightEnd(
                facts,
                (int) night.cluster().requests().stream()
                        .filter(request -> request.label().startsWith("patch replicasets"))
                        .count(),
                attempts.matches() ? Integer.parseInt(attempts.group(1)) : 0,
                slack,
                mails);
    }

    private static void scaledObject(Map<String, String> facts, String name, JsonNode found) {
        facts.put(name + " minimum", found.path("spec").path("minReplicaCount").asText());
        facts.put(name + " maximum", found.path("spec").path("maxReplicaCount").asText());
        facts.put(
                name + " minimum owned by",
                ClusterLook.owners(found, "spec", "minReplicaCount").toString());
        for (String annotation :
                List.of("instance", "source", "schedule", "window", "baseline", "applied", "takeovers")) {
            facts.put(
                    name + " " + annotation,
                    found.path("metadata")
                            .path("annotations")
                            .path(PREFIX + annotation)
                            .asText("none"));
        }
    }

    private static void rollout(Map<String, String> facts, String name, JsonNode found) {
        facts.put(
                name + " image",
                found.path("spec")
                        .path("template")
                        .path("spec")
                        .path("containers")
                        .path(0)
                        .path("image")
                        .asText());
        facts.put(name + " phase", found.path("status").path("phase").asText());
        facts.put(name + " replicas", found.path("spec").path("replicas").asText());
        facts.put(
                name + " replicas not owned by us",
                Boolean.toString(!ClusterLook.owners(found, "spec", "replicas").contains("tidewatch")));
    }

    private static void journal(Map<String, String> facts, PlayedNight night) {
        WrittenRows rows = WrittenRows.in(night.folder().resolve("state"));
        List<String> incidents = new ArrayList<>();
        for (Incident incident : rows.incidents()) {
            incidents.add(incident.target() + " " + incident.state().word() + " "
                    + incident.cause().map(Enum::name).orElse("-")
                    + (incident.ended().isPresent() ? " ended" : " lasts"));
        }
        facts.put("incidents", incidents.toString());
        facts.put("messages nobody took", Integer.toString(rows.undelivered().size()));
    }

    /** Nothing else than what is written by hand of the end, and remedies within their budget. */
    void assertGood(String what) {
        assertThat(facts).as(what).isEqualTo(expected());
        assertThat(remembered).as("attempts, %s", what).isBetween(1, BUDGET);
        assertThat(nudges).as("nudges, %s", what).isBetween(1, BUDGET);
    }

    private static SortedMap<String, String> expected() {
        SortedMap<String, String> facts = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/night/end.txt"))) {
            lines.map(line -> line.split(": ", 2)).forEach(parts -> facts.put(parts[0], parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) ->
                text.append("  ").append(name).append(": ").append(value).append('\n'));
        text.append("  nudges ").append(nudges).append(", remembered ").append(remembered);
        slack.forEach(one -> text.append("\n  slack ").append(one));
        mails.forEach(one -> text.append("\n  mail ").append(one));
        return text.toString();
    }
}
