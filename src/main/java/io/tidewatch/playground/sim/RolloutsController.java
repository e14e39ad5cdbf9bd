package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The Argo Rollouts controller: reads its caches, lets {@link RolloutSync} decide. */
final class RolloutsController implements SimulatedController {
    private final Caches caches;
    private final KindCache rollouts;
    private final RolloutsReplicaSetCache replicaSets;
    private final KindCache services;
    private final RolloutsVersion version;
    private final Supplier<Instant> now;

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
        return rollouts.get(key)
                .map(rollout -> RolloutSync.decide(state(rollout)))
                .orElseGet(() -> Decision.of(orphans(key)));
    }

    /** The garbage collector's part: ReplicaSets go with their Rollout. */
    private List<Write> orphans(ObjectKey gone) {
        return caches.all(Kind.REPLICA_SET).stream()
                .filter(one -> one.key().namespace().equals(gone.namespace()))
                .filter(one -> one.controllerName(Kind.ROLLOUT)
                        .filter(gone.name()::equals)
                        .isPresent())
                .<Write>map(one -> new Write.Delete(Kind.REPLICA_SET, one.key()))
                .toList();
    }

    @Override
    public void wrote(Write write, Live reply) {
        if (write instanceof Write.Patch patch
                && patch.kind() == Kind.REPLICA_SET
                && patch.patch().containsKey("spec")) {
            replicaSets.scaled(reply);
        }
    }

    private RolloutState state(Live rollout) {
        List<RsCopy> owned = replicaSets.ownedBy(rollout);
        return new RolloutState(new RolloutView(rollout), owned, services(rollout), version, now.get());
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
