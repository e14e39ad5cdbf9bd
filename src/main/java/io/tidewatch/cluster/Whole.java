package io.tidewatch.cluster;

import io.tidewatch.model.Action.Version;
import io.tidewatch.model.LiveObject;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.ObjectMeta;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object that a source may declare: what is read of it, and all of it but its status. */
record Whole<V>(V view, Map<String, Object> content) {

    static <V> Reader<Whole<V>> reader(Reader<V> reader) {
        return (raw, seenAt) -> {
            Map<String, Object> content = new LinkedHashMap<>(raw);
            content.remove("status");
            return new Whole<>(reader.read(raw, seenAt), Collections.unmodifiableMap(content));
        };
    }

    LiveObject object(Kinds kind, ObjectMeta meta) {
        ObjectKey key =
                new ObjectKey(String.valueOf(content.get("apiVersion")), kind.kind(), meta.namespace(), meta.name());
        return new LiveObject(key, new Version(meta.uid(), meta.resourceVersion()), content);
    }
}
