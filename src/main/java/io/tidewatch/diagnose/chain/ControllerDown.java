package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A controller that does not run: its Deployment has no ready pod, or nobody renews the Lease it leads by.
 *
 * <p>A leader renews its Lease every 2 s, and whoever lets go of it is replaced after 15 s. A Lease alone is likely, not
 * certain: one that was left by a controller that runs without leader election since looks the same.
 *
 * @param says what the controller has not, as in "has no ready pod"
 */
public record ControllerDown(ControllerView controller, String says, Evidence evidence, Certainty certainty) {

    /** Clocks may differ by this much. */
    static final Duration SILENCE = LeaseView.SILENCE;

    private static final Duration LEASE = Duration.ofSeconds(15);

    public static Optional<ControllerDown> rollouts(Chain chain) {
        return down(chain, ControllerView::isArgoRollouts)
                .or(() -> silent(chain, ControllerView::isArgoRollouts)
                        .filter(stopped -> !wroteAfter(chain, stopped.renewed())));
    }

    public static Optional<ControllerDown> keda(Chain chain) {
        return down(chain, ControllerView::isKeda).or(() -> silent(chain, ControllerView::isKeda));
    }

    /** Whether the Rollouts controller kept its Lease for longer than a dead one could. */
    static boolean isRolloutsAliveAfter(Chain chain, Instant at) {
        return chain.controllers().stream()
                .filter(ControllerView::isArgoRollouts)
                .flatMap(controller -> controller.renewed().stream())
                .anyMatch(renewed -> !renewed.isBefore(at.plus(LEASE)));
    }

    private static Optional<ControllerDown> down(Chain chain, Predicate<ControllerView> which) {
        return chain.controllers().stream()
                .filter(which)
                .filter(ControllerView::hasNoReadyPod)
                .findFirst()
                .map(controller -> new ControllerDown(
                        controller,
                        "has no ready pod",
                        new Evidence("Deployment " + controller.name(), "status.readyReplicas", "0"),
                        Certainty.CERTAIN));
    }

    private static Optional<ControllerDown> silent(Chain chain, Predicate<ControllerView> which) {
        return chain.controllers().stream()
                .filter(which)
                .filter(controller -> controller
                        .renewed()
                        .filter(at -> at.plus(SILENCE).isBefore(now(chain)))
                        .isPresent())
                .findFirst()
                .map(controller -> new ControllerDown(
                        controller,
                        "has not renewed its Lease since "
                                + controller.renewed().orElseThrow().truncatedTo(ChronoUnit.SECONDS),
                        lease(controller).orElseThrow(),
                        Certainty.LIKELY));
    }

    public static Optional<Evidence> lease(ControllerView controller) {
        return controller
                .lease()
                .flatMap(lease -> lease.renewed()
                        .map(at -> new Evidence("Lease " + lease.name(), "spec.renewTime", at.toString())));
    }

    /** A dump may be read long after it was taken, so its time comes only from another Lease. */
    private static Instant now(Chain chain) {
        return chain.input().isLive()
                ? chain.input().now()
                : chain.input().controllers().stream()
                        .flatMap(controller -> controller.renewed().stream())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
    }

    private static boolean wroteAfter(Chain chain, Instant renewed) {
        return chain.input()
                .controllerSeen()
                .or(() -> chain.rollout().flatMap(ControllerWrites::last))
                .filter(wrote -> wrote.isAfter(renewed.plus(LEASE)))
                .isPresent();
    }

    private Instant renewed() {
        return controller.renewed().orElse(Instant.MAX);
    }
}
