package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Hop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What objects prove about when a step reached the Rollout, and since when pods are missing without a break. */
final class ShortageProof {

    private ShortageProof() {}

    /** The earliest proof of a shortage, else the step that asked for the pods. */
    static Optional<Instant> earliest(Chain chain, RuleVerdict verdict) {
        return since(chain, verdict).or(() -> stepOf(chain, verdict));
    }

    /** From when the HPA scaled the Rollout to its present number, by the HPA or the Rollout's own Events. */
    static Optional<Instant> stepOf(Chain chain, RuleVerdict verdict) {
        if (verdict.hop().filter(Hop.HPA::equals).isPresent()) {
            return Optional.empty();
        }
        return chain.hpa()
                .filter(hpa -> hpa.wants(chain.replicas()))
                .flatMap(hpa -> hpa.lastScaleTime())
                .or(() -> chain.input().seen().events().stream()
                        .filter(event -> event.reason().equals("ScalingReplicaSet"))
                        .flatMap(event -> event.last().stream())
                        .max(Instant::compareTo));
    }

    /** The earliest proof of a lasting shortage; the Rollout's claim counts only where no live object shows a shortage. */
    private static Optional<Instant> since(Chain chain, RuleVerdict verdict) {
        if (verdict.hop().filter(Hop.HPA::equals).isPresent()) {
            return Stream.of("AbleToScale", "ScalingActive")
                    .flatMap(type -> chain.hpaCondition(type).filter(Condition::isFalse).stream())
                    .flatMap(condition -> condition.lastTransition().stream())
                    .min(Instant::compareTo);
        }
        if (!chain.isWorkloadWritten()) {
            return chain.workload().flatMap(found -> found.meta().created());
        }
        List<Instant> pods = chain.lackingPods().stream()
                .flatMap(pod -> unreadySince(chain, pod).stream())
                .toList();
        List<Instant> rejected = chain.sets().stream()
                .flatMap(set -> Optional.ofNullable(set.conditions().get("ReplicaFailure")).stream())
                .filter(Condition::isTrue)
                .flatMap(condition -> condition.lastTransition().stream())
                .toList();
        boolean seen = !pods.isEmpty() || !rejected.isEmpty();
        Stream<Instant> claimed =
                chain.workloadCondition("Available").filter(condition -> condition.isFalse() && !seen).stream()
                        .flatMap(condition -> condition.lastTransition().stream());
        boolean allServe = chain.lackingPods().isEmpty();
        Stream<Instant> deadlines = chain.sets().stream()
                .filter(set -> allServe && set.replicas() > 0)
                .flatMap(set -> set.scaleDownDeadline().stream())
                .filter(chain.input().now()::isAfter);
        return Stream.of(pods.stream(), rejected.stream(), claimed, deadlines)
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /**
     * Since when a pod is not ready. The Ready condition of a restarting pod flips with every attempt, so a pod that
     * restarts more often than once a timeout counts from its creation; any other counts from its last transition.
     */
    private static Optional<Instant> unreadySince(Chain chain, PodView pod) {
        int restarts = pod.containers().stream()
                .mapToInt(PodView.Container::restarts)
                .max()
                .orElse(0);
        Optional<Instant> created = pod.meta().created();
        boolean restless = created.map(
                        at -> Duration.between(at, chain.input().now().instant()))
                .filter(age -> restarts > 0
                        && age.dividedBy(restarts)
                                        .compareTo(chain.input().checks().timeout())
                                < 0)
                .isPresent();
        Condition ready = pod.conditions().get("Ready");
        return restless || ready == null ? created : ready.lastTransition().or(() -> created);
    }
}
