package io.tidewatch.cluster;

import java.time.Instant;
import java.util.Map;

/** Reads the needed fields of an object. Never throws, whatever the object holds. */
@FunctionalInterface
public interface Reader<V> {

    /**
     * @param raw the object as served
     * @param seenAt when this version of the object arrived
     */
    V read(Map<String, Object> raw, Instant seenAt);
}
