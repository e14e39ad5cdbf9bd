package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerDown;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A restart evicts pods one by one, and a PodDisruptionBudget denies the evictions. Argo Rollouts reports that in its log only and
 * tries again every 30 seconds. So without an Event of another controller the cause is inferred: all pods serve, and old pods stay.
 */
final class EvictionBlocked implements CauseCheck {

    private static final Duration THREE_ATTEMPTS = Duration.ofSeconds(90);

    @Override
    public Cause cause() {
        return Cause.EVICTION_BLOCKED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        Optional<RolloutView> restarting = chain.rollout().filter(rollout -> chain.isRestarting());
        return restarting.flatMap(rollout -> reported(chain).or(() -> inferred(chain, rollout)));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl get poddisruptionbudget" + kubectl.inNamespace();
    }

    private static Optional<Explained> reported(Chain chain) {
        return chain.input().seen().events().stream()
                .filter(EvictionBlocked::isRefusal)
                .reduce((earlier, later) -> later)
                .map(event -> Explained.certain(
                        Cause.EVICTION_BLOCKED,
                        1,
                        "a restart waits for a disruption budget: " + ControllerMessages.brief(event.message()),
                        List.of(new Evidence(
                                event.involvedKind() + " " + event.involvedName(),
                                "Event " + event.reason(),
                                event.message()))));
    }

    private static Optional<Explained> inferred(Chain chain, RolloutView rollout) {
        Optional<Instant> restartAt = rollout.status().restartAt();
        List<PodView> old = chain.input().seen().pods().stream()
                .filter(pod -> pod.isReady() && restartAt.isPresent())
                .filter(pod ->
                        pod.meta().created().filter(restartAt.get()::isAfter).isPresent())
                .toList();
        boolean waited = restartAt
                .filter(at -> !chain.input().now().isBefore(at.plus(THREE_ATTEMPTS)))
                .isPresent();
        boolean couldEvict = chain.available() >= chain.replicas()
                && ControllerDown.rollouts(chain).isEmpty();
        if (old.isEmpty() || !waited || !couldEvict) {
            return Optional.empty();
        }
        return Optional.of(new Explained(
                Cause.EVICTION_BLOCKED,
                1,
                Certainty.LIKELY,
                ControllerMessages.pods(old.size()) + " not evicted since " + restartAt.get()
                        + " though all serve, as under a PodDisruptionBudget that allows none",
                List.of(
                        Proof.workload(rollout, "spec.restartAt", restartAt.get()),
                        new Evidence(
                                Proof.name(old.get(0)),
                                "metadata.creationTimestamp",
                                old.get(0)
                                        .meta()
                                        .created()
                                        .orElse(Instant.EPOCH)
                                        .toString()))));
    }

    private static boolean isRefusal(EventView event) {
        return event.message().contains("disruption budget");
    }
}
