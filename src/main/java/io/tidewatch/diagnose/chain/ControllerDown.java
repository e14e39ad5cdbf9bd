package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A controller that does not run: its Deployment has no ready pod, or nobody renews the Lease it leads by.
 *
 * <p>A leader renews its Lease every 2 s, and a leader that stops renewing is replaced after 15 s. A Lease alone is likely, not
 * certain: a controller that now runs without leader election leaves the same old Lease.
 *
 * @param sentence what the controller has not, as in "has no ready pod"
 */
public record ControllerDown(ControllerView controller, String sentence, Evidence evidence, Certainty certainty) {

    /** Clocks may differ by this much. */
    static final Duration SILENCE = LeaseView.SILENCE;

    private static final Duration LEASE = Duration.ofSeconds(15);

    public static Optional<ControllerDown> rollouts(Chain chain) {
        return of(chain, ControllerView::isArgoRollouts)
                .filter(stopped -> stopped.controller().hasNoReadyPod() || !wroteAfter(chain, stopped.renewed()));
    }

    public static Optional<ControllerDown> keda(Chain chain) {
        return of(chain, ControllerView::isKeda);
    }

    /** Whether the Rollouts controller kept its Lease for longer than a dead one could. */
    static boolean isRolloutsAliveAfter(Chain chain, Instant at) {
        return chain.controllers().stream()
                .filter(ControllerView::isArgoRollouts)
                .flatMap(controller -> controller.renewed().stream())
                .anyMatch(renewed -> !renewed.isBefore(at.plus(LEASE)));
    }

    /**
     * Of the controllers that may take on the target, the first that does not run, unless another of them does. Where another
     * shows nothing of itself, it may be the right controller, and nothing is certain.
     */
    private static Optional<ControllerDown> of(Chain chain, Predicate<ControllerView> which) {
        List<ControllerView> candidates =
                chain.controllers().stream().filter(which).toList();
        List<ControllerDown> stopped = candidates.stream()
                .flatMap(controller -> down(controller).or(() -> withoutRenewal(chain, controller)).stream())
                .toList();
        boolean isAllStopped = stopped.size() == candidates.size();
        boolean isAnyRunning = candidates.stream()
                .filter(controller ->
                        controller.hasReadyPods() || controller.renewed().isPresent())
                .anyMatch(controller ->
                        stopped.stream().map(ControllerDown::controller).noneMatch(controller::equals));
        return stopped.stream()
                .filter(found -> !isAnyRunning)
                .findFirst()
                .map(found -> isAllStopped ? found : found.likely());
    }

    private ControllerDown likely() {
        return new ControllerDown(controller, sentence, evidence, Certainty.LIKELY);
    }

    private static Optional<ControllerDown> down(ControllerView controller) {
        return controller.hasNoReadyPod()
                ? Optional.of(new ControllerDown(
                        controller,
                        "has no ready pod",
                        new Evidence("Deployment " + controller.name(), "status.readyReplicas", "0"),
                        Certainty.CERTAIN))
                : Optional.empty();
    }

    private static Optional<ControllerDown> withoutRenewal(Chain chain, ControllerView controller) {
        return controller
                .renewed()
                .filter(at -> now(chain).isAfter(at.plus(SILENCE)))
                .map(at -> new ControllerDown(
                        controller,
                        "has not renewed its Lease since " + at.truncatedTo(ChronoUnit.SECONDS),
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
    private static Moment now(Chain chain) {
        return chain.input().isLive()
                ? chain.input().now()
                : new Moment(chain.input().controllers().stream()
                        .flatMap(controller -> controller.renewed().stream())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN));
    }

    private static boolean wroteAfter(Chain chain, Instant renewed) {
        return chain.input()
                .around()
                .controllerSeen()
                .or(() -> chain.rollout().flatMap(ControllerWrites::last))
                .filter(wrote -> wrote.isAfter(renewed.plus(LEASE)))
                .isPresent();
    }

    private Instant renewed() {
        return controller.renewed().orElse(Instant.MAX);
    }
}
