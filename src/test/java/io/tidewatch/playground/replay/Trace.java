package io.tidewatch.playground.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a watcher saw, recorded from real controllers or from simulated ones, in one shape: per object its states in
 * order, and all changes in order. Names are taken out of it: a ReplicaSet is known by its revision, a pod by nothing.
 */
public final class Trace {
    /** One object's change; {@code at} in milliseconds since the stimulus, -1 for the state before it. */
    public record Change(long at, String object, Map<String, String> state) {}

    /** What happened to one pod from its first to its last sight. */
    public record Life(String revision, List<String> states) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> revisions = new LinkedHashMap<>();
    private final Map<String, TreeMap<String, String>> current = new LinkedHashMap<>();
    private final Map<String, Long> firstGenerations = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> stimuli = new ArrayList<>();

    /** Reads a recording from the test's resources. */
    public static Trace recorded(String name) {
        try (InputStream in = Trace.class.getResourceAsStream("/recordings/" + name + ".jsonl")) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Trace of(List<String> lines) {
        Trace trace = new Trace();
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                parsed.add(parsed(line));
            }
        }
        parsed.forEach(trace::learnRevision);
        parsed.forEach(trace::add);
        return trace;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** What was done, as written: {@code min=7}, {@code image=app:2}, {@code annotated the ReplicaSet}. */
    public List<String> stimuli() {
        return stimuli;
    }

    public List<Change> changes() {
        return changes;
    }

    /** The states of each object but pods and Events, the last one before the stimulus first. */
    public Map<String, List<Change>> byObject() {
        Map<String, List<Change>> objects = new LinkedHashMap<>();
        for (Change change : changes) {
            if (!change.object.startsWith("Pod ") && !change.object.startsWith("Event")) {
                List<Change> states = objects.computeIfAbsent(change.object, key -> new ArrayList<>());
                if (change.at < 0) {
                    states.clear();
                }
                states.add(change);
            }
        }
        return objects;
    }

    /** The Events in order, as {@code kind reason: message}. */
    public List<String> events() {
        return changes.stream()
                .filter(change -> change.object.equals("Event"))
                .map(change ->
                        change.state.get("on") + " " + change.state.get("reason") + ": " + change.state.get("message"))
                .toList();
    }

    /** The pods' lives, in no order. */
    public List<Life> lives() {
        Map<String, List<String>> lives = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.object.startsWith("Pod ")) {
                lives.computeIfAbsent(change.object, key -> new ArrayList<>())
                        .add((change.at < 0 ? "was " : "") + change.state);
            }
        }
        List<Life> all = new ArrayList<>();
        lives.forEach((pod, states) -> all.add(new Life(pod.replaceAll(".*-(H\\d+)-.*", "$1"), states)));
        return all;
    }

    /**
     * Of each pod that appeared, in order: the milliseconds from its first sight to its readiness, 0 if it never was ready. A pod
     * of a StatefulSet that is made anew appears again.
     */
    public List<Long> readiness() {
        Map<String, Integer> unready = new LinkedHashMap<>();
        List<Long> born = new ArrayList<>();
        List<Long> took = new ArrayList<>();
        for (Change change : changes) {
            if (!change.object.startsWith("Pod ") || change.at < 0) {
                continue;
            }
            if (change.state.containsKey("deleted")) {
                unready.remove(change.object);
            } else if ("Pending".equals(change.state.get("phase")) && !unready.containsKey(change.object)) {
                unready.put(change.object, took.size());
                born.add(change.at);
                took.add(0L);
            } else if ("True/".equals(change.state.get("ready")) && unready.containsKey(change.object)) {
                int nth = unready.remove(change.object);
                took.set(nth, change.at - born.get(nth));
            }
        }
        return took;
    }

    private void learnRevision(JsonNode line) {
        if (line.path("kind").asText().equals("ReplicaSet") && line.has("is")) {
            String name = line.get("name").asText();
            JsonNode annotations = line.at("/is/annotations");
            String revision = annotations
                    .path("rollout.argoproj.io/revision")
                    .asText(annotations
                            .path("deployment.kubernetes.io/revision")
                            .asText());
            revisions.put(name.substring(name.lastIndexOf('-') + 1), "H" + revision);
        }
        for (String field : List.of("currentRevision", "updateRevision")) {
            JsonNode named = line.has("is")
                    ? line.get("is").path(field)
                    : line.path("now").path(field);
            if (!named.isMissingNode()) {
                String name = named.asText();
                int next = revisions.size() + 1;
                revisions.computeIfAbsent(name.substring(name.lastIndexOf('-') + 1), hash -> "H" + next);
            }
        }
    }

    private void add(JsonNode line) {
        if (line.has("did")) {
            stimuli.add(line.get("did").asText());
            return;
        }
        long at = line.get("ms").isNumber() ? line.get("ms").asLong() : -1;
        String kind = line.get("kind").asText();
        if (kind.equals("Event")) {
            addEvent(at, line);
            return;
        }
        String object = kind + " " + normal(line.get("name").asText());
        TreeMap<String, String> state = current.computeIfAbsent(object, key -> new TreeMap<>());
        JsonNode fields = line.has("is") ? line.get("is") : line.get("now");
        if (state.containsKey("deleted")) {
            state.clear();
        }
        fields.fields().forEachRemaining(field -> put(state, field.getKey(), field.getValue()));
        if (kind.equals("ReplicaSet")) {
            countGenerationsFromTheFirst(object, state);
        }
        changes.add(new Change(at, object, new TreeMap<>(state)));
    }

    /** How often a ReplicaSet was scaled before this trace began is not part of it. */
    private void countGenerationsFromTheFirst(String object, Map<String, String> state) {
        long first = firstGenerations.computeIfAbsent(object, key -> Long.parseLong(state.get("generation")));
        for (String field : List.of("generation", "observedGeneration")) {
            String value = state.get(field);
            if (value != null && !value.startsWith("+")) {
                state.put(field, "+" + (Long.parseLong(value) - first));
            }
        }
    }

    /** An Event that only counts up ("combined from similar events") is one more Event of its reason. */
    private void addEvent(long at, JsonNode line) {
        JsonNode fields = line.has("is") ? line.get("is") : line.get("now");
        TreeMap<String, String> state = new TreeMap<>();
        String message = normal(fields.path("message").asText()).replace("(combined from similar events): ", "");
        String scaled = message.contains(" replica set ") ? "Deployment" : "Rollout";
        state.put("message", message);
        state.put("on", fields.path("on").asText(message.startsWith("Scaled ") ? scaled : "?"));
        state.put("reason", fields.path("reason").asText(message.startsWith("Scaled ") ? "ScalingReplicaSet" : "?"));
        changes.add(new Change(at, "Event", state));
    }

    private void put(Map<String, String> state, String field, JsonNode value) {
        state.keySet().removeIf(key -> key.startsWith(field + "."));
        if (value.isObject()) {
            value.fields().forEachRemaining(inner -> put(state, field + "." + inner.getKey(), inner.getValue()));
        } else if (value.isNull() || value.asText().isEmpty()) {
            state.remove(field);
        } else {
            boolean moment = field.endsWith("scale-down-deadline") || field.endsWith("nudged-at");
            state.put(field, moment ? "set" : normal(value.asText()));
        }
    }

    private String normal(String text) {
        String known = text;
        for (Map.Entry<String, String> revision : revisions.entrySet()) {
            known = known.replace(revision.getKey(), revision.getValue());
        }
        return known.replaceAll("\\b(checkout|r\\d{4})\\b", "NAME")
                .replaceAll("assigned \\S+/", "assigned NS/")
                .replaceAll("pod: (\\S+)-[a-z0-9]{5}$", "pod: $1-*")
                .replaceAll("/(\\S+)-[a-z0-9]{5} to ", "/$1-* to ");
    }
}
