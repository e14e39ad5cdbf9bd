package io.tidewatch.contract;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulatedControllers;
import io.tidewatch.playground.sim.SimulationOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who turns a minimum into pods on this API server, and the time they live in. */
final class Chain implements AutoCloseable {

    /** Who is at work. */
    enum Workers {
        REAL,
        SIMULATED,
        /** No whole chain, and no room for simulated controllers. */
        NOBODY
    }

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    private final Workers workers;
    private final PlaygroundClock clock;
    private final Optional<SimulatedControllers> controllers;

    private Chain(Workers workers, PlaygroundClock clock, Optional<SimulatedControllers> controllers) {
        this.workers = workers;
        this.clock = clock;
        this.controllers = controllers;
    }

    static Chain onPlayground(KubernetesClient client) {
        return simulated(client);
    }

    /** Finds out by a Rollout and a ScaledObject of its own whether anybody looks at them. */
    static Chain onCluster(Api api, KubernetesClient client, String namespace) {
        String account = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        if (isAnswered(api, namespace)) {
            return new Chain(
                    Workers.REAL, PlaygroundClock.startingAt(Clock.systemUTC().instant(), 1), Optional.empty());
        }
        if (api.get(account + "/default").code() == 200) {
            return new Chain(
                    Workers.NOBODY, PlaygroundClock.startingAt(Clock.systemUTC().instant(), 1), Optional.empty());
        }
        api.create(account, "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'default'}}")
                .ok();
        return simulated(client);
    }

    private static Chain simulated(KubernetesClient client) {
        PlaygroundClock clock = PlaygroundClock.startingAt(Clock.systemUTC().instant(), 5);
        SimulatedControllers controllers =
                SimulatedControllers.start(client, clock, SimulationOptions.of(RolloutsVersion.V1_9_1));
        return new Chain(Workers.SIMULATED, clock, Optional.of(controllers));
    }

    private static boolean isAnswered(Api api, String namespace) {
        String rollouts = ClusterContract.ROLLOUTS.formatted(namespace);
        String scaledObjects = ClusterContract.SCALED_OBJECTS.formatted(namespace);
        api.create(
                        rollouts,
                        "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':'probe'},'spec':{"
                                + "'replicas':0,'selector':{'matchLabels':{'app':'probe'}},'strategy':{'canary':{}},"
                                + "'template':{'metadata':{'labels':{'app':'probe'}},'spec':{'containers':[{"
                                + "'name':'app','image':'registry.k8s.io/pause:3.10'}]}}}}")
                .ok();
        api.create(scaledObjects, ClusterContract.scaledObject("probe", "'minReplicaCount':1"))
                .ok();
        boolean answered = gets(api, rollouts + "/probe", "observedGeneration")
                && gets(api, scaledObjects + "/probe", "conditions");
        api.delete(scaledObjects + "/probe", "{}").ok();
        api.delete(rollouts + "/probe", "{}").ok();
        return answered;
    }

    private static boolean gets(Api api, String path, String statusField) {
        long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        boolean answered = false;
        while (!answered && System.nanoTime() < deadline) {
            answered = api.get(path).ok().path("status").has(statusField);
        }
        return answered;
    }

    Workers workers() {
        return workers;
    }

    PlaygroundClock clock() {
        return clock;
    }

    /** Long enough for everything to stand before the window opens; simulated time then leaps. */
    Duration untilItOpens() {
        return workers == Workers.REAL ? Duration.ofSeconds(75) : Duration.ofHours(1);
    }

    Duration windowLasts() {
        return workers == Workers.REAL ? Duration.ofSeconds(120) : Duration.ofHours(2);
    }

    void leapTo(Instant then) {
        if (workers == Workers.SIMULATED && clock.instant().isBefore(then)) {
            clock.jumpTo(then);
        }
    }

    @Override
    public void close() {
        controllers.ifPresent(SimulatedControllers::close);
        clock.close();
    }
}
