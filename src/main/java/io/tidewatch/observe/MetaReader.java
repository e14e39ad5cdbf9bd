package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.flag;
import static io.tidewatch.observe.Fields.generation;
import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads metadata, keeping only the labels and annotations that are needed. */
final class MetaReader {

    private static final String OURS = "f:" + Annotations.PREFIX;
    private static final Shared<FieldWriter> WRITERS = new Shared<>(4_096);
    private static final Shared<Map<String, String>> KEPT = new Shared<>(4_096);
    private static final Predicate<String> NONE = Set.<String>of()::contains;

    private MetaReader() {}

    static ObjectMeta bare(Map<String, Object> object, Instant seenAt) {
        return read(object, seenAt, NONE, NONE);
    }

    static ObjectMeta read(
            Map<String, Object> object, Instant seenAt, Predicate<String> labels, Predicate<String> annotations) {
        return read(object, seenAt, labels, annotations, writers(map(object, "metadata")));
    }

    /** Of a pod, of which nobody asks who wrote it. */
    static ObjectMeta withoutWriters(Map<String, Object> object, Instant seenAt, Predicate<String> labels) {
        return read(object, seenAt, labels, NONE, List.of());
    }

    private static ObjectMeta read(
            Map<String, Object> object,
            Instant seenAt,
            Predicate<String> labels,
            Predicate<String> annotations,
            List<FieldWriter> writers) {
        Map<String, Object> meta = map(object, "metadata");
        String namespace = text(meta, "namespace");
        return new ObjectMeta(
                namespace.isEmpty() ? "default" : namespace,
                text(meta, "name"),
                text(meta, "uid"),
                text(meta, "resourceVersion"),
                generation(meta, "generation"),
                instant(meta, "creationTimestamp"),
                meta.get("deletionTimestamp") != null,
                kept(map(meta, "labels"), labels),
                kept(map(meta, "annotations"), annotations.and(key -> isBelieved(key, writers))),
                owner(meta),
                writers,
                seenAt);
    }

    /**
     * An annotation of Tidewatch that only another manager owns was written by that manager, for example when saved YAML was
     * restored. Without an owner, as in a dump without managedFields, it is believed.
     */
    private static boolean isBelieved(String annotation, List<FieldWriter> writers) {
        if (!annotation.startsWith(Annotations.PREFIX) || Annotations.HOLD.contains(annotation)) {
            return true;
        }
        List<FieldWriter> owners = writers.stream()
                .filter(writer -> writer.annotations().contains(annotation))
                .toList();
        return owners.isEmpty()
                || owners.stream().anyMatch(owner -> owner.manager().equals(FieldManagers.TIDEWATCH));
    }

    private static Set<String> annotationsOf(Map<String, Object> entry) {
        return map(entry, "fieldsV1", "f:metadata", "f:annotations").keySet().stream()
                .filter(field -> field.startsWith(OURS))
                .map(field -> Vocabulary.shared(field.substring("f:".length())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean ownsAny(Map<String, Object> spec, Function<AutoscalerKind, String> bound) {
        return Stream.of(AutoscalerKind.values()).anyMatch(kind -> spec.containsKey("f:" + bound.apply(kind)));
    }

    private static Set<String> remedied(Map<String, Object> spec) {
        return FieldWriter.REMEDIED.stream()
                .filter(field -> spec.containsKey("f:" + field))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> kept(Map<String, Object> from, Predicate<String> desired) {
        Map<String, String> kept = new HashMap<>();
        from.forEach((key, value) -> {
            if (key != null && value != null && desired.test(key)) {
                kept.put(Vocabulary.shared(key), Vocabulary.shared(value.toString()));
            }
        });
        return KEPT.of(Map.copyOf(kept));
    }

    private static Optional<String> owner(Map<String, Object> meta) {
        for (Object entry : list(meta, "ownerReferences")) {
            Map<String, Object> reference = map(entry);
            if (flag(reference, "controller") && !text(reference, "uid").isEmpty()) {
                return Optional.of(text(reference, "uid"));
            }
        }
        return Optional.empty();
    }

    private static List<FieldWriter> writers(Map<String, Object> meta) {
        List<FieldWriter> writers = new ArrayList<>();
        for (Object entry : list(meta, "managedFields")) {
            Map<String, Object> field = map(entry);
            Map<String, Object> spec = map(field, "fieldsV1", "f:spec");
            writers.add(WRITERS.of(new FieldWriter(
                    text(field, "manager"),
                    text(field, "operation"),
                    text(field, "subresource"),
                    instant(field, "time"),
                    ownsAny(spec, AutoscalerKind::minimum),
                    ownsAny(spec, AutoscalerKind::maximum),
                    spec.containsKey("f:replicas"),
                    annotationsOf(field),
                    remedied(spec))));
        }
        writers.sort(Comparator.comparing(writer -> writer.time().orElse(Instant.MIN)));
        return writers;
    }
}
