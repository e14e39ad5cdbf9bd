package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The HPA controller: every HPA once per sync period, whatever changed in between. */
final class HpaController implements SimulatedController {
    private static final int LOW_LOAD = 1;

    private final Caches caches;
    private final Duration period;
    private final Supplier<Instant> now;
    private final Triggers triggers;
    private final Map<ObjectKey, Integer> load = new ConcurrentHashMap<>();
    private final Map<String, Recommendations> recent = new ConcurrentHashMap<>();

    HpaController(Caches caches, Triggers triggers, Duration period, Supplier<Instant> now) {
        this.triggers = triggers;
        this.caches = caches;
        this.period = period;
        this.now = now;
    }

    /** What the metrics of this HPA recommend from its next sync on. */
    void load(ObjectKey hpa, int replicas) {
        load.put(hpa, replicas);
    }

    @Override
    public String name() {
        return "horizontal-pod-autoscaler";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        Optional<Live> hpa = caches.get(Kind.HPA, key);
        if (hpa.isEmpty()) {
            return Decision.NOTHING;
        }
        ObjectKey targetKey = new ObjectKey(key.namespace(), hpa.get().text("spec", "scaleTargetRef", "name"));
        List<Write> writes = caches.get(Kind.ROLLOUT, targetKey)
                .map(target -> HpaSync.decide(
                        hpa.get(),
                        target,
                        triggers.fail(hpa.get())
                                ? OptionalInt.empty()
                                : OptionalInt.of(load.getOrDefault(key, LOW_LOAD)),
                        recent.computeIfAbsent(hpa.get().uid(), uid -> new Recommendations()),
                        now.get()))
                .orElse(List.of());
        return Decision.then(writes, period);
    }
}
