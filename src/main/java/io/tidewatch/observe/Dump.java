package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.Action;
import io.tidewatch.model.ClusterState;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The objects of a cluster as kubectl prints them: JSON or YAML, Lists, single objects, several documents.
 *
 * @param problems one line each, for what could not be read; the rest stands
 * @param asked kinds, as Kubernetes spells them, that were surely asked for: none of one means that there is none
 */
public record Dump(List<Map<String, Object>> objects, List<String> problems, Set<String> asked) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Inside a document a comma stands between a closing and an opening bracket, and no string holds a line break. */
    private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("(?<=[}\\]])[ \\t\\r]*\\n\\s*(?=[{\\[])");

    private static final int LARGEST_TEXT = Integer.MAX_VALUE;
    private static final int MOST_ALIASES = 50;

    public Dump {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        asked = Set.copyOf(asked);
    }

    /** Printed by somebody, who may not have asked for every kind. */
    public Dump(List<Map<String, Object>> objects, List<String> problems) {
        this(objects, problems, Set.of());
    }

    /** @param origin names the text in problems */
    public static Dump parse(String origin, String text) {
        List<Map<String, Object>> objects = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            if (looksLikeJson(text)) {
                collectJson(text, objects);
            } else {
                new Yaml(new SafeConstructor(yamlLimits()))
                        .loadAll(text)
                        .forEach(document -> collect(document, objects));
            }
        } catch (JsonProcessingException e) {
            problems.add(origin + ": not JSON: " + firstLine(e));
        } catch (YAMLException e) {
            problems.add(origin + ": not YAML: " + firstLine(e));
        }
        if (objects.isEmpty() && problems.isEmpty()) {
            problems.add(origin + ": no Kubernetes objects in it");
        }
        return new Dump(objects, problems);
    }

    /** One document after the other, as several kubectl commands into one file write them. */
    private static void collectJson(String text, List<Map<String, Object>> into) throws JsonProcessingException {
        Optional<Object> single = single(text);
        if (single.isPresent()) {
            collect(single.get(), into);
            return;
        }
        for (String document : BETWEEN_DOCUMENTS.splitAsStream(text).toList()) {
            collect(JSON.readValue(document, Object.class), into);
        }
    }

    /** What nearly every dump is: one document. Looking for the seams of several takes longer than reading one. */
    private static Optional<Object> single(String text) {
        try {
            return Optional.of(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException severalOrBroken) {
            return Optional.empty();
        }
    }

    public Dump and(Dump other) {
        List<Map<String, Object>> objects = new ArrayList<>(this.objects);
        objects.addAll(other.objects);
        List<String> problems = new ArrayList<>(this.problems);
        problems.addAll(other.problems);
        return new Dump(objects, problems);
    }

    /** Documents one after the other are YAML, whatever each is written in. */
    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return (start.startsWith("{") || start.startsWith("[")) && !text.contains("\n---");
    }

    private static LoaderOptions yamlLimits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_TEXT);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        return options;
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("unreadable");
    }

    private static void collect(Object document, List<Map<String, Object>> into) {
        if (document instanceof List<?> items) {
            items.forEach(item -> collect(item, into));
            return;
        }
        Map<String, Object> object = map(document);
        if (text(object, "kind").endsWith("List")) {
            list(object, "items").forEach(item -> collect(item, into));
        } else if (!text(object, "kind").isEmpty()) {
            into.add(object);
        }
    }

    /** The newest instant written anywhere in it that says when something happened; no clock may be before it. */
    public Optional<Instant> newest() {
        return objects.stream().flatMap(ProofOfTime::all).max(Instant::compareTo);
    }

    /**
     * The objects as views, each known since the newest proof of time in the dump that concerns it.
     *
     * @param at the instant to judge at; the newest one in the dump where that is later
     */
    public ClusterState read(Instant at) {
        ProofOfTime proof = new ProofOfTime(objects);
        return new ClusterState(
                newest().filter(at::isBefore).orElse(at),
                of("ScaledObject", object -> ObjectReader.scaledObject(object, proof.of(object))),
                of("HorizontalPodAutoscaler", object -> ObjectReader.hpa(object, proof.of(object))),
                of("Rollout", object -> ObjectReader.rollout(object, proof.of(object))),
                of("ReplicaSet", object -> ObjectReader.replicaSet(object, proof.ofReplicaSet(object))),
                of("Pod", object -> ObjectReader.pod(object, proof.of(object))),
                of("Event", ObjectReader::event),
                Optional.empty(),
                of("Deployment", ObjectReader::controller),
                of("Lease", ObjectReader::lease),
                whole(),
                missing());
    }

    /** The objects that a source may declare, whole; without managedFields nobody owns anything. */
    private Map<ObjectKey, LiveObject> whole() {
        Map<ObjectKey, LiveObject> whole = new HashMap<>();
        Stream.of("ScaledObject", "Rollout")
                .flatMap(kind ->
                        objects.stream().filter(object -> text(object, "kind").equals(kind)))
                .forEach(object -> {
                    ObjectMeta meta = MetaReader.bare(object, Instant.EPOCH);
                    ObjectKey key = new ObjectKey(
                            text(object, "apiVersion"), text(object, "kind"), meta.namespace(), meta.name());
                    whole.put(key, new LiveObject(key, new Action.Version(meta.uid(), meta.resourceVersion()), object));
                });
        return whole;
    }

    private <T> List<T> of(String kind, Function<Map<String, Object>, T> reader) {
        return objects.stream()
                .filter(object -> text(object, "kind").equals(kind))
                .map(reader)
                .toList();
    }

    /** A kind of which a dump holds nothing may not have been asked for. */
    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(Kinds.ALL);
        asked.forEach(kind -> missing.remove(Kinds.of(kind)));
        objects.forEach(object -> missing.remove(Kinds.of(text(object, "kind"))));
        return missing;
    }
}
