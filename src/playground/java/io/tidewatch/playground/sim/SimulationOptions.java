package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the simulated cluster behaves. All durations are simulated time.
 *
 * @param rollouts which Argo Rollouts controller runs
 * @param nodes the pod capacity of each node, in the order in which the scheduler fills them
 * @param podReadyAfter from a pod's binding to its readiness
 * @param hpaSyncPeriod from one sync of an HPA to the next
 * @param kedaReaction from a ScaledObject's change to its HPA's
 * @param rolloutsReaction from a change until the Rollouts controller processes it; a CPU limit makes it long
 * @param seed of the pods' names
 * @param leftOut the names of controllers that are not simulated, because real ones do their work, as
 *     {@code statefulset-controller}
 */
public record SimulationOptions(
        RolloutsVersion rollouts,
        List<Integer> nodes,
        Duration podReadyAfter,
        Duration hpaSyncPeriod,
        Duration kedaReaction,
        Duration rolloutsReaction,
        long seed,
        Set<String> leftOut) {

    public SimulationOptions {
        leftOut = Set.copyOf(leftOut);
        nodes = List.copyOf(nodes);
    }

    /** As recorded on an idle cluster, with one node that holds 110 pods. */
    public static SimulationOptions of(RolloutsVersion rollouts) {
        return new SimulationOptions(
                rollouts,
                List.of(110),
                Duration.ofMillis(700),
                Duration.ofSeconds(15),
                Duration.ofMillis(40),
                Duration.ofMillis(15),
                22_30_02_00L,
                Set.of());
    }

    public SimulationOptions withNodes(Integer... podCapacities) {
        return new SimulationOptions(
                rollouts,
                List.of(podCapacities),
                podReadyAfter,
                hpaSyncPeriod,
                kedaReaction,
                rolloutsReaction,
                seed,
                leftOut);
    }

    public SimulationOptions withPodReadyAfter(Duration afterBinding) {
        return new SimulationOptions(
                rollouts, nodes, afterBinding, hpaSyncPeriod, kedaReaction, rolloutsReaction, seed, leftOut);
    }

    public SimulationOptions withHpaSyncPeriod(Duration period) {
        return new SimulationOptions(
                rollouts, nodes, podReadyAfter, period, kedaReaction, rolloutsReaction, seed, leftOut);
    }

    public SimulationOptions withRolloutsReaction(Duration reaction) {
        return new SimulationOptions(
                rollouts, nodes, podReadyAfter, hpaSyncPeriod, kedaReaction, reaction, seed, leftOut);
    }

    public SimulationOptions withSeed(long newSeed) {
        return new SimulationOptions(
                rollouts, nodes, podReadyAfter, hpaSyncPeriod, kedaReaction, rolloutsReaction, newSeed, leftOut);
    }

    /** Without the controllers of these names. */
    public SimulationOptions without(Set<String> controllers) {
        return new SimulationOptions(
                rollouts, nodes, podReadyAfter, hpaSyncPeriod, kedaReaction, rolloutsReaction, seed, controllers);
    }
}
