package io.tidewatch.playground.sim;

import java.util.Optional;

/** KEDA's operator: ScaledObject in, HPA out. */
final class KedaController implements SimulatedController {
    private final Caches caches;

    KedaController(Caches caches) {
        this.caches = caches;
    }

    @Override
    public String name() {
        return "keda-operator";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        Optional<Live> found = caches.get(Kind.SCALED_OBJECT, key);
        if (found.isEmpty()) {
            return Decision.NOTHING;
        }
        Live scaledObject = found.get();
        ObjectKey hpaKey = new ObjectKey(key.namespace(), KedaSync.hpaName(scaledObject));
        return Decision.of(KedaSync.decide(
                scaledObject,
                caches.get(Kind.HPA, hpaKey),
                caches.get(Kind.ROLLOUT, KedaSync.targetKey(scaledObject))));
    }
}
