package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.Reader;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.plan.LiveObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object that a source may declare.
 *
 * @param view the fields that are read
 * @param apiVersion as served
 * @param content all fields but the status, packed; empty where no source declares objects of the kind
 */
record FullObject<V>(V view, String apiVersion, Map<String, Object> content) {

    /**
     * @param isWhole false: no source declares objects of the kind, so the view is enough
     */
    static <V> Reader<FullObject<V>> reader(Reader<V> reader, boolean isWhole) {
        return isWhole ? reader(reader) : (raw, seenAt) -> new FullObject<>(reader.read(raw, seenAt), "", Map.of());
    }

    static <V> Reader<FullObject<V>> reader(Reader<V> reader) {
        return (raw, seenAt) -> {
            Map<String, Object> content = new LinkedHashMap<>(raw);
            content.remove("status");
            return new FullObject<>(
                    reader.read(raw, seenAt),
                    String.valueOf(raw.get("apiVersion")).intern(), // a few words for thousands of objects
                    PackedObject.of(content));
        };
    }

    /** Whether all fields are known. */
    boolean isWhole() {
        return !content.isEmpty();
    }

    LiveObject live(Kinds kind, ObjectMeta meta) {
        ObjectKey key = new ObjectKey(apiVersion, kind.kind(), meta.namespace(), meta.name());
        return new LiveObject(key, meta.version(), content);
    }
}
