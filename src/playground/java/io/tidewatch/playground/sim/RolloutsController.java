package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The Argo Rollouts controller: reads its caches, lets {@link RolloutSync} decide. */
final class RolloutsController implements SimulatedController {
    private final Caches caches;
    private final KindCache rollouts;
    private final RolloutsReplicaSetCache replicaSets;
    private final KindCache services;
    private final RolloutsVersion version;
    private final Supplier<Instant> now;
    private final Set<ObjectKey> inconclusive = ConcurrentHashMap.newKeySet();
    private final Set<ObjectKey> passingPreviewBy = ConcurrentHashMap.newKeySet();
    private volatile boolean running = true;

    RolloutsController(
            Caches caches, RolloutsReplicaSetCache replicaSets, RolloutsVersion version, Supplier<Instant> now) {
        this.caches = caches;
        this.rollouts = caches.of(Kind.ROLLOUT);
        this.services = caches.of(Kind.SERVICE);
        this.replicaSets = replicaSets;
        this.version = version;
        this.now = now;
    }

    @Override
    public String name() {
        return "rollouts-controller";
    }

    @Override
    public Decision reconcile(ObjectKey key) {
        if (!running) {
            return Decision.NOTHING;
        }
        return rollouts.get(key)
                .map(rollout -> RolloutSync.decide(state(rollout)))
                .orElseGet(() -> Decision.of(Orphans.of(caches, Kind.REPLICA_SET, Kind.ROLLOUT, key)));
    }

    @Override
    public void wrote(Write write, Live reply) {
        if (write instanceof Write.Patch patch
                && patch.kind() == Kind.REPLICA_SET
                && patch.patch().containsKey("spec")) {
            replicaSets.scaled(reply);
        }
    }

    /** A process that is down does nothing; what it would have done waits for {@link #start}. */
    void stop() {
        running = false;
    }

    void start() {
        running = true;
    }

    /** The analysis of this Rollout's update under way ends without a verdict. */
    void inconclusive(ObjectKey rollout) {
        inconclusive.add(rollout);
    }

    /** Steps of this Rollout give its preview ReplicaSet no new size. */
    void passPreviewBy(ObjectKey rollout) {
        passingPreviewBy.add(rollout);
    }

    private RolloutState state(Live rollout) {
        List<RsCopy> owned = replicaSets.ownedBy(rollout);
        return new RolloutState(
                new RolloutView(rollout),
                owned,
                pods(owned),
                services(rollout),
                inconclusive.contains(rollout.key()),
                passingPreviewBy.contains(rollout.key()),
                forbidsEviction(rollout.key().namespace()),
                version,
                now.get());
    }

    private List<Live> pods(List<RsCopy> owned) {
        List<String> owners = owned.stream().map(one -> one.live().uid()).toList();
        return caches.all(Kind.POD).stream()
                .filter(pod -> !pod.deleting())
                .filter(pod -> pod.controllerUid(Kind.REPLICA_SET)
                        .filter(owners::contains)
                        .isPresent())
                .toList();
    }

    private boolean forbidsEviction(String namespace) {
        return caches.all(Kind.DISRUPTION_BUDGET).stream()
                .filter(one -> one.key().namespace().equals(namespace))
                .anyMatch(one -> one.text("spec", "maxUnavailable").equals("0"));
    }

    private Map<String, Live> services(Live rollout) {
        RolloutView view = new RolloutView(rollout);
        Map<String, Live> found = new HashMap<>();
        for (String name : List.of(view.activeService(), view.previewService())) {
            services.get(new ObjectKey(rollout.key().namespace(), name)).ifPresent(service -> found.put(name, service));
        }
        return found;
    }
}
