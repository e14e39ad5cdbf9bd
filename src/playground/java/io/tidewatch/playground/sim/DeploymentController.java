package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The Deployment controller: reads the caches, lets {@link DeploymentSync} decide. */
final class DeploymentController implements SimulatedController {
    private final Caches caches;
    private final Supplier<Instant> now;
    private volatile boolean running = true;

    DeploymentController(Caches caches, Supplier<Instant> now) {
        this.caches = caches;
        this.now = now;
    }

    @Override
    public String name() {
        return "deployment-controller";
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
        if (!running || ControllerDeployments.isOne(key)) {
            return Decision.NOTHING;
        }
        Optional<Live> deployment = caches.get(Kind.DEPLOYMENT, key);
        return deployment
                .map(found -> DeploymentSync.decide(state(found)))
                .orElseGet(() -> Decision.of(Orphans.of(caches, Kind.REPLICA_SET, Kind.DEPLOYMENT, key)));
    }

    private DeploymentState state(Live deployment) {
        List<DeploymentSet> sets = caches.all(Kind.REPLICA_SET).stream()
                .filter(one -> !one.deleting())
                .filter(one -> one.controllerUid(Kind.DEPLOYMENT)
                        .filter(deployment.uid()::equals)
                        .isPresent())
                .map(DeploymentSet::new)
                .toList();
        List<String> owners = sets.stream().map(one -> one.live().uid()).toList();
        List<Live> pods = caches.all(Kind.POD).stream()
                .filter(pod -> pod.controllerUid(Kind.REPLICA_SET)
                        .filter(owners::contains)
                        .isPresent())
                .toList();
        return new DeploymentState(new DeploymentView(deployment), sets, pods, now.get());
    }
}
