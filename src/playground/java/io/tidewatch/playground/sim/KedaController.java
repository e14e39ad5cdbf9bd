package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** KEDA's operator: creates and updates the HPA of each ScaledObject. */
final class KedaController implements SimulatedController {
    private final Caches caches;
    private final Triggers triggers;
    private final Supplier<Instant> clock;
    private final KedaPace pace = new KedaPace();
    private volatile boolean running = true;

    KedaController(Caches caches, Triggers triggers, Supplier<Instant> clock) {
        this.caches = caches;
        this.triggers = triggers;
        this.clock = clock;
    }

    KedaPace pace() {
        return pace;
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
        List<Write> writes = KedaSync.decide(
                scaledObject,
                caches.get(Kind.HPA, hpaKey),
                ScaleTarget.of(scaledObject).flatMap(target -> caches.get(target.kind(), target.key())),
                triggers.of(key));
        return writes.stream().anyMatch(KedaController::isOfHpa)
                ? pace.wait(key, clock.get())
                        .map(wait -> Decision.then(List.of(), wait))
                        .orElseGet(() -> Decision.of(writes))
                : Decision.of(writes);
    }

    private static boolean isOfHpa(Write write) {
        return (write instanceof Write.Patch patch && patch.kind().equals(Kind.HPA))
                || (write instanceof Write.Create create && create.kind().equals(Kind.HPA));
    }
}
