package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The controllers of Deployments, StatefulSets and claims, and which change makes which of them look at what. */
final class Workloads {
    private static final Duration HOP = Duration.ofMillis(10);

    private final Caches caches;
    private final WorkLoop loop;
    private final DeploymentController deployments;
    private final StatefulSetController statefulSets;
    private final ClaimController claims;
    private volatile Duration reaction = HOP;

    Workloads(Caches caches, WorkLoop loop, Admission admission, Supplier<Instant> now) {
        this.caches = caches;
        this.loop = loop;
        this.deployments = new DeploymentController(caches, now);
        this.statefulSets = new StatefulSetController(caches, admission, now);
        this.claims = new ClaimController(caches);
    }

    DeploymentController deployments() {
        return deployments;
    }

    StatefulSetController statefulSets() {
        return statefulSets;
    }

    ClaimController claims() {
        return claims;
    }

    /** How long after a change the controllers of Deployments and StatefulSets look. */
    void reactAfter(Duration change) {
        this.reaction = change;
    }

    void wire() {
        caches.of(Kind.DEPLOYMENT).onChange(this::deploymentChanged);
        caches.of(Kind.STATEFUL_SET).onChange(this::statefulSetChanged);
        caches.of(Kind.CLAIM).onChange(this::claimChanged);
        caches.of(Kind.REPLICA_SET)
                .onChange(set -> set.controllerName(Kind.DEPLOYMENT)
                        .ifPresent(name -> loop.enqueue(deployments, beside(set, name), reaction)));
        caches.of(Kind.POD)
                .onChange(pod -> pod.controllerName(Kind.STATEFUL_SET)
                        .ifPresent(name -> loop.enqueue(statefulSets, beside(pod, name), reaction)));
    }

    /** All of them process all their objects once more. */
    void lookAgain() {
        caches.all(Kind.DEPLOYMENT).forEach(this::deploymentChanged);
        caches.all(Kind.STATEFUL_SET).forEach(this::statefulSetChanged);
        caches.all(Kind.CLAIM).forEach(this::claimChanged);
    }

    private void deploymentChanged(Live deployment) {
        loop.enqueue(deployments, deployment.key(), reaction);
    }

    private void statefulSetChanged(Live set) {
        loop.enqueue(statefulSets, set.key(), reaction);
    }

    private void claimChanged(Live claim) {
        loop.enqueue(claims, claim.key(), HOP);
    }

    private static ObjectKey beside(Live object, String name) {
        return new ObjectKey(object.key().namespace(), name);
    }
}
