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
    private volatile boolean scaleToZero;
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

    /** The feature gate HPAScaleToZero is on. */
    void scaleToZero() {
        scaleToZero = true;
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
        List<Write> writes = ScaleTarget.of(hpa.get())
                .flatMap(ref -> caches.get(ref.kind(), ref.key()).map(target -> sync(hpa.get(), ref, target)))
                .orElse(List.of());
        return Decision.then(writes, period);
    }

    private List<Write> sync(Live hpa, ScaleTarget ref, Live target) {
        Recommendations earlier = recent.computeIfAbsent(hpa.uid(), uid -> new Recommendations());
        return HpaSync.decide(hpa, ref, target, recommended(hpa), earlier, scaleToZero, now.get());
    }

    /** KEDA serves the metrics of its HPAs. Any other has metrics only where a load is set. */
    private OptionalInt recommended(Live hpa) {
        Integer set = load.get(hpa.key());
        if (hpa.controllerName(Kind.SCALED_OBJECT).isPresent()) {
            return triggers.fail(hpa) ? OptionalInt.empty() : OptionalInt.of(set == null ? LOW_LOAD : set);
        }
        return set == null ? OptionalInt.empty() : OptionalInt.of(set);
    }
}
