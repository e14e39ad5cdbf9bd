package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The ReplicaSet controller: keeps the desired number of pods, and their count in the status. */
final class ReplicaSetController implements SimulatedController {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Caches caches;
    private final Admission admission;
    private final Supplier<Instant> now;
    private final Random random;

    ReplicaSetController(Caches caches, Admission admission, long seed, Supplier<Instant> now) {
        this.now = now;
        this.caches = caches;
        this.admission = admission;
        this.random = new Random(seed);
    }

    @Override
    public String name() {
        return "replicaset-controller";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        return caches.get(Kind.REPLICA_SET, key)
                .map(replicaSet ->
                        ReplicaSetSync.decide(replicaSet, podsOf(replicaSet), this::named, admission, now.get()))
                .orElseGet(() -> Decision.of(Orphans.of(caches, Kind.POD, Kind.REPLICA_SET, key)));
    }

    private List<Live> podsOf(Live replicaSet) {
        return caches.all(Kind.POD).stream()
                .filter(pod -> !pod.deleting())
                .filter(pod -> pod.controllerUid(Kind.REPLICA_SET)
                        .filter(replicaSet.uid()::equals)
                        .isPresent())
                .toList();
    }

    private String named(String prefix) {
        StringBuilder name = new StringBuilder(prefix);
        for (int i = 0; i < 5; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
