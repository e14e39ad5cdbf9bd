package io.tidewatch.playground.sim;

import java.util.Optional;

/** KEDA's operator: ScaledObject in, HPA out. */
final class KedaController implements SimulatedController {
    private final Caches caches;
    private final Triggers triggers;
    private volatile boolean running = true;

    KedaController(Caches caches, Triggers triggers) {
        this.caches = caches;
        this.triggers = triggers;
    }

    /** An operator that is down does nothing; its objects stay as they are. */
    void stop() {
        running = false;
    }

    void start() {
        running = true;
    }

    @Override
    public String name() {
        return "keda-operator";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        Optional<Live> found = caches.get(Kind.SCALED_OBJECT, key);
        if (found.isEmpty() || !running) {
            return Decision.NOTHING;
        }
        Live scaledObject = found.get();
        ObjectKey hpaKey = new ObjectKey(key.namespace(), KedaSync.hpaName(scaledObject));
        return Decision.of(KedaSync.decide(
                scaledObject,
                caches.get(Kind.HPA, hpaKey),
                caches.get(Kind.ROLLOUT, KedaSync.targetKey(scaledObject)),
                triggers.of(key)));
    }
}
