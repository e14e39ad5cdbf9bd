package io.tidewatch.playground.sim;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The triggers' answers, which KEDA and, through it, the HPA read; active unless set. */
final class Triggers {
    private final Map<ObjectKey, TriggerState> states = new ConcurrentHashMap<>();

    void set(ObjectKey scaledObject, TriggerState state) {
        states.put(scaledObject, state);
    }

    TriggerState of(ObjectKey scaledObject) {
        return states.getOrDefault(scaledObject, TriggerState.ACTIVE);
    }

    /** Whether the HPA of this ScaledObject gets no metrics. */
    boolean fail(Live hpa) {
        return hpa.controllerName(Kind.SCALED_OBJECT)
                .map(name -> of(new ObjectKey(hpa.key().namespace(), name)))
                .filter(TriggerState.FAILING::equals)
                .isPresent();
    }
}
