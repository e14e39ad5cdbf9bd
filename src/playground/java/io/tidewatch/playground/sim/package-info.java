/** Simulated KEDA, HPA, Rollouts, ReplicaSet controllers, scheduler and kubelet, held to recordings of the real ones. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.playground.sim;
