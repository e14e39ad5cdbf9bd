package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quota controller: kube-controller-manager, {@code resource_quota_controller.go}. It writes the status of a ResourceQuota, with the pods
 * of its namespace that count. Other resources are limited in the status and never used.
 */
final class QuotaController implements SimulatedController {
    private static final List<String> PODS = List.of("pods", "count/pods");

    private final Caches caches;

    QuotaController(Caches caches) {
        this.caches = caches;
    }

    @Override
    public String name() {
        return "resourcequota-controller";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.RESOURCE_QUOTA, key)
                .map(quota -> Decision.of(status(quota)))
                .orElse(Decision.NOTHING);
    }

    private List<Write> status(Live quota) {
        Map<String, Object> hard = quota.map("spec", "hard");
        long pods = caches.all(Kind.POD).stream()
                .filter(pod -> pod.key().namespace().equals(quota.key().namespace()))
                .count();
        Map<String, Object> used = new LinkedHashMap<>();
        PODS.stream().filter(hard::containsKey).forEach(name -> used.put(name, Long.toString(pods)));
        Map<String, Object> patch =
                Fields.mergePatch(quota.map("status"), new LinkedHashMap<>(Map.of("hard", hard, "used", used)));
        List<Write> writes = new ArrayList<>();
        if (!patch.isEmpty()) {
            writes.add(new Write.PatchStatus(Kind.RESOURCE_QUOTA, quota.key(), patch));
        }
        return writes;
    }
}
