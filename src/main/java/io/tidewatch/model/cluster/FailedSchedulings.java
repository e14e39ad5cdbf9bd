package io.tidewatch.model.cluster;

import java.util.List;
import java.util.Map;

/**
 * The Events with which the scheduler says that it found no node for a pod, of the namespaces that have a raise in its preflight.
 *
 * @param events all of them, or as many as were asked for
 * @param rejectedIn by namespace, why they cannot be listed
 */
public record FailedSchedulings(List<EventView> events, Map<String, String> rejectedIn) {

    /** The reason of these Events. */
    public static final String REASON = "FailedScheduling";

    public static final FailedSchedulings NONE = new FailedSchedulings(List.of(), Map.of());

    public FailedSchedulings {
        events = List.copyOf(events);
        rejectedIn = Map.copyOf(rejectedIn);
    }

    /** Whether the scheduler says that it found no node for a pod. */
    public static boolean isOne(EventView event) {
        return event.reason().equals(REASON) && event.involvedKind().equals("Pod");
    }
}
