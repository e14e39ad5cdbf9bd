package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The objects of a cluster as kubectl prints them: JSON or YAML, Lists, single objects, several documents.
 *
 * @param problems one line each, for what could not be read; the rest stands
 * @param asked kinds, as Kubernetes spells them, that were surely asked for: none of one means that there is none
 */
public record Dump(List<Map<String, Object>> objects, List<String> problems, Set<String> asked) {

    public Dump {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        asked = Set.copyOf(asked);
    }

    /** Printed by somebody, who may not have asked for every kind. */
    public Dump(List<Map<String, Object>> objects, List<String> problems) {
        this(objects, problems, Set.of());
    }

    /**
     * Reads one text. What kubectl said besides, warnings and refusals that were sent to the same file, is told as a
     * problem or passed over.
     *
     * @param origin names the text in problems
     */
    public static Dump parse(String origin, String text) {
        KubectlText said = KubectlText.of(text);
        DumpText read = DumpText.read(said.objects(), said.linesBefore());
        List<String> problems = new ArrayList<>();
        said.refusals().forEach(refusal -> problems.add(origin + ": kubectl said: " + refusal));
        read.problem().ifPresent(problem -> problems.add(origin + problem));
        if (read.objects().isEmpty() && problems.isEmpty()) {
            problems.add(origin + ": no Kubernetes objects in it");
        }
        NewestVersions newest = NewestVersions.of(read.objects());
        if (newest.olderVersions() > 0) {
            problems.add(origin + ": " + newest.said());
        }
        return new Dump(newest.objects(), problems);
    }

    /** Of several files; of an object that is in more than one, its newest version counts. */
    public static Dump of(List<Dump> dumps) {
        NewestVersions newest = NewestVersions.of(
                dumps.stream().flatMap(dump -> dump.objects().stream()).toList());
        List<String> problems = new ArrayList<>(
                dumps.stream().flatMap(dump -> dump.problems().stream()).toList());
        if (newest.olderVersions() > 0) {
            problems.add(newest.said());
        }
        return new Dump(newest.objects(), problems);
    }

    /** The newest instant written anywhere in it that says when something happened; no clock may be before it. */
    public Optional<Instant> newest() {
        return objects.stream().flatMap(LastChangeEvidence::all).max(Instant::compareTo);
    }

    /**
     * The objects as views, each known since the newest proof of time in the dump that concerns it.
     *
     * @param at the instant to judge at; the newest one in the dump where that is later
     */
    public ClusterState read(Instant at) {
        LastChangeEvidence proof = new LastChangeEvidence(objects);
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
                .flatMap(kind -> objects.stream().filter(object -> isOf(kind, object)))
                .forEach(object -> {
                    ObjectMeta meta = MetaReader.bare(object, Instant.EPOCH);
                    ObjectKey key = new ObjectKey(
                            text(object, "apiVersion"), text(object, "kind"), meta.namespace(), meta.name());
                    whole.put(key, new LiveObject(key, new Action.Version(meta.uid(), meta.resourceVersion()), object));
                });
        return whole;
    }

    private <T> List<T> of(String kind, Function<Map<String, Object>, T> reader) {
        return objects.stream().filter(object -> isOf(kind, object)).map(reader).toList();
    }

    /** Others have a kind Rollout as well. */
    private static boolean isOf(String kind, Map<String, Object> object) {
        String version = text(object, "apiVersion");
        boolean foreign = kind.equals("Rollout") && version.contains("/") && !version.startsWith("argoproj.io/");
        return text(object, "kind").equals(kind) && !foreign;
    }

    /** A kind of which a dump holds nothing may not have been asked for. */
    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(Kinds.ALL);
        asked.forEach(kind -> missing.remove(Kinds.of(kind)));
        objects.forEach(object -> missing.remove(Kinds.of(text(object, "kind"))));
        return missing;
    }
}
