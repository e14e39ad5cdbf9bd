package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The StatefulSet controller: reads the caches, lets {@link StatefulSetSync} decide. */
final class StatefulSetController implements SimulatedController {
    private final Caches caches;
    private final Admission admission;
    private final Supplier<Instant> now;
    private volatile boolean running = true;

    StatefulSetController(Caches caches, Admission admission, Supplier<Instant> now) {
        this.caches = caches;
        this.admission = admission;
        this.now = now;
    }

    @Override
    public String name() {
        return "statefulset-controller";
    }

    /** A controller that is down does nothing; what it would have done waits for {@link #start}. */
    void stop() {
        running = false;
    }

    void start() {
        running = true;
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        if (!running) {
            return Decision.NOTHING;
        }
        return caches.get(Kind.STATEFUL_SET, key)
                .map(set -> StatefulSetSync.decide(state(set)))
                .orElseGet(() -> Decision.of(orphans(key)));
    }

    private List<Write> orphans(ObjectKey gone) {
        List<Write> writes = new ArrayList<>(Orphans.of(caches, Kind.POD, Kind.STATEFUL_SET, gone));
        writes.addAll(Orphans.of(caches, Kind.CONTROLLER_REVISION, Kind.STATEFUL_SET, gone));
        writes.addAll(Orphans.of(caches, Kind.CLAIM, Kind.STATEFUL_SET, gone));
        return writes;
    }

    private StatefulSetState state(Live set) {
        String namespace = set.key().namespace();
        Set<String> claims = caches.all(Kind.CLAIM).stream()
                .filter(one -> one.key().namespace().equals(namespace))
                .map(Live::name)
                .collect(Collectors.toSet());
        return new StatefulSetState(
                new StatefulSetView(set),
                owned(Kind.POD, set).map(StatefulPod::new).toList(),
                owned(Kind.CONTROLLER_REVISION, set).toList(),
                claims,
                (pod, created) -> admission.refuses(namespace, pod, created),
                now.get());
    }

    private Stream<Live> owned(Kind kind, Live set) {
        return caches.all(kind).stream()
                .filter(one -> one.controllerUid(Kind.STATEFUL_SET)
                        .filter(set.uid()::equals)
                        .isPresent());
    }
}
