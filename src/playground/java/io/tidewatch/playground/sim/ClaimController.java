package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Binds each claim to a volume of its own, unless the namespace has none left. */
final class ClaimController implements SimulatedController {
    private final Caches caches;
    private final Set<String> withoutVolumes = ConcurrentHashMap.newKeySet();

    ClaimController(Caches caches) {
        this.caches = caches;
    }

    @Override
    public String name() {
        return "persistentvolume-controller";
    }

    void hold(String namespace) {
        withoutVolumes.add(namespace);
    }

    void release(String namespace) {
        withoutVolumes.remove(namespace);
    }

    static boolean isBound(Live claim) {
        return claim.text("status", "phase").equals("Bound");
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.CLAIM, key)
                .filter(claim -> !isBound(claim) && !claim.deleting())
                .filter(claim -> !withoutVolumes.contains(key.namespace()) || !isPending(claim))
                .map(claim -> Decision.of(List.of(new Write.PatchStatus(
                        Kind.CLAIM,
                        key,
                        Map.of("phase", withoutVolumes.contains(key.namespace()) ? "Pending" : "Bound")))))
                .orElse(Decision.NOTHING);
    }

    private static boolean isPending(Live claim) {
        return claim.text("status", "phase").equals("Pending");
    }
}
