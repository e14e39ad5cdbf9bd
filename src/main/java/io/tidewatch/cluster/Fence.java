package io.tidewatch.cluster;

import java.util.Map;
import java.util.Optional;

/** Whether this process may write to the cluster at this moment, and the proof that its writes carry. */
@FunctionalInterface
public interface Fence {

    /** @return the annotations of a write that is sent now; empty where nothing may be sent */
    Optional<Map<String, String>> marks();

    /** For a process that is alone, and needs no proof of it. */
    Fence OPEN = () -> Optional.of(Map.of());
}
