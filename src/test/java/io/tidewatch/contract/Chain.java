package io.tidewatch.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulatedControllers;
import io.tidewatch.playground.sim.SimulationOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who turns a minimum into pods on this API server, and the time they live in. Where a cluster has no nodes, simulated
 * controllers take the place of those that are missing. They act in all of its namespaces.
 */
final class Chain implements AutoCloseable {

    /** A part of the chain, with the names of the simulated controllers that can play it. */
    enum Part {
        ROLLOUTS("rollouts-controller"),
        KEDA("keda-operator"),
        /** kube-controller-manager. */
        KUBERNETES(
                "horizontal-pod-autoscaler",
                "deployment-controller",
                "statefulset-controller",
                "replicaset-controller",
                "persistentvolume-controller"),
        /** A scheduler, and nodes whose pods become ready. */
        NODES("default-scheduler", "kubelet");

        private final Set<String> controllers;

        Part(String... controllers) {
            this.controllers = Set.of(controllers);
        }
    }

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);
    private static final int FAST = 5;

    private final Set<Part> missing;
    private final boolean leaps;
    private final PlaygroundClock clock;
    private final Optional<SimulatedControllers> controllers;
    private final Optional<StandInNode> node;

    private Chain(
            Set<Part> missing,
            boolean leaps,
            PlaygroundClock clock,
            Optional<SimulatedControllers> controllers,
            Optional<StandInNode> node) {
        this.missing = missing;
        this.leaps = leaps;
        this.clock = clock;
        this.controllers = controllers;
        this.node = node;
    }

    static Chain onPlayground(KubernetesClient client, Set<Part> needed) {
        return simulated(client, needed, true, Optional.empty());
    }

    /** Finds out, by objects of its own, who is at work. */
    static Chain onCluster(Api api, KubernetesClient client, String namespace, Set<Part> needed) {
        Set<Part> missing = EnumSet.copyOf(needed);
        missing.removeIf(part -> isAtWork(part, api, namespace));
        if (missing.isEmpty()) {
            return new Chain(missing, false, time(1), Optional.empty(), Optional.empty());
        }
        if (!missing.contains(Part.NODES)) {
            return new Chain(missing, false, time(1), Optional.empty(), Optional.empty());
        }
        if (missing.contains(Part.KUBERNETES)) {
            api.create(accounts(namespace), "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'default'}}")
                    .ok();
            return simulated(client, missing, missing.equals(needed), Optional.empty());
        }
        return withANode(api, client, missing);
    }

    /** A node that stayed behind would be taken for a real one by the next class. */
    @SuppressWarnings("IllegalCatch")
    private static Chain withANode(Api api, KubernetesClient client, Set<Part> missing) {
        StandInNode node = new StandInNode(api);
        try {
            return simulated(client, missing, false, Optional.of(node));
        } catch (RuntimeException failed) {
            node.close();
            throw failed;
        }
    }

    private static Chain simulated(
            KubernetesClient client, Set<Part> parts, boolean leaps, Optional<StandInNode> node) {
        Set<String> leftOut = Stream.of(Part.values())
                .filter(part -> !parts.contains(part))
                .flatMap(part -> part.controllers.stream())
                .collect(Collectors.toSet());
        PlaygroundClock clock = time(leaps ? FAST : 1);
        SimulatedControllers controllers = SimulatedControllers.start(
                client, clock, SimulationOptions.of(RolloutsVersion.V1_9_1).without(leftOut));
        return new Chain(Set.of(), leaps, clock, Optional.of(controllers), node);
    }

    private static PlaygroundClock time(int speed) {
        return PlaygroundClock.startingAt(Clock.systemUTC().instant(), speed);
    }

    private static boolean isAtWork(Part part, Api api, String namespace) {
        return switch (part) {
            case ROLLOUTS -> rolloutIsAnswered(api, namespace);
            case KEDA -> scaledObjectIsAnswered(api, namespace);
            case KUBERNETES -> gets(api, accounts(namespace) + "/default", "metadata", "uid");
            case NODES -> hasNodes(api);
        };
    }

    private static String accounts(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    }

    private static boolean hasNodes(Api api) {
        for (JsonNode node : api.get("/api/v1/nodes").ok().path("items")) {
            for (JsonNode condition : node.path("status").path("conditions")) {
                if (condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean rolloutIsAnswered(Api api, String namespace) {
        String rollouts = ClusterContract.ROLLOUTS.formatted(namespace);
        api.create(
                        rollouts,
                        "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':'probe'},'spec':{"
                                + "'replicas':0,'selector':{'matchLabels':{'app':'probe'}},'strategy':{'canary':{}},"
                                + "'template':{'metadata':{'labels':{'app':'probe'}},'spec':{'containers':[{"
                                + "'name':'app','image':'registry.k8s.io/pause:3.10'}]}}}}")
                .ok();
        boolean answered = gets(api, rollouts + "/probe", "status", "observedGeneration");
        api.delete(rollouts + "/probe", "{}").ok();
        return answered;
    }

    private static boolean scaledObjectIsAnswered(Api api, String namespace) {
        String scaledObjects = ClusterContract.SCALED_OBJECTS.formatted(namespace);
        api.create(scaledObjects, ClusterContract.scaledObject("probe", "'minReplicaCount':1"))
                .ok();
        boolean answered = gets(api, scaledObjects + "/probe", "status", "conditions");
        api.delete(scaledObjects + "/probe", "{}").ok();
        return answered;
    }

    private static boolean gets(Api api, String path, String part, String field) {
        long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        boolean answered = false;
        while (!answered && System.nanoTime() < deadline) {
            answered = api.get(path).body().path(part).has(field);
        }
        return answered;
    }

    /** The parts that nobody plays; empty where the chain is whole. */
    Set<Part> missing() {
        return missing;
    }

    PlaygroundClock clock() {
        return clock;
    }

    /** Long enough for everything to stand before the window opens; simulated time then leaps. */
    Duration untilItOpens() {
        return leaps ? Duration.ofHours(1) : Duration.ofSeconds(75);
    }

    Duration windowLasts() {
        return leaps ? Duration.ofHours(2) : Duration.ofSeconds(120);
    }

    void leapTo(Instant then) {
        if (leaps && clock.instant().isBefore(then)) {
            clock.jumpTo(then);
        }
    }

    @Override
    public void close() {
        controllers.ifPresent(SimulatedControllers::close);
        node.ifPresent(StandInNode::close);
        clock.close();
    }
}
