package io.tidewatch.cluster;

import java.time.Instant;
import java.util.Map;

/** Keeps of an object what is needed of it; never throws, whatever the object holds. */
@FunctionalInterface
public interface Reader<V> {

    /**
     * @param raw the object as served
     * @param seenAt when this version of it reached us
     */
    V read(Map<String, Object> raw, Instant seenAt);
}
