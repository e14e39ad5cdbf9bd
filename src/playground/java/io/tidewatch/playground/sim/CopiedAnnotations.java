package io.tidewatch.playground.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The annotations of a Rollout that the controller copies to its new ReplicaSet, where they stay. Only those of Tidewatch are
 * played: a copy is a write, and it refreshes the controller's cache of the ReplicaSet.
 */
final class CopiedAnnotations {

    private static final String PREFIX = "tidewatch.io/";

    private CopiedAnnotations() {}

    static List<Write> writes(RolloutState state) {
        return state.fresh()
                .map(fresh -> {
                    Map<String, String> missing =
                            new HashMap<>(state.rollout().live().annotations());
                    missing.entrySet()
                            .removeIf(entry -> !entry.getKey().startsWith(PREFIX)
                                    || entry.getValue()
                                            .equals(fresh.live().annotations().get(entry.getKey())));
                    return missing;
                })
                .filter(missing -> !missing.isEmpty())
                .map(missing -> List.<Write>of(new Write.Patch(
                        Kind.REPLICA_SET,
                        state.fresh().orElseThrow().live().key(),
                        Map.of("metadata", Map.of("annotations", missing)))))
                .orElse(List.of());
    }
}
