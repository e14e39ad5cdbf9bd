package io.tidewatch.diagnose;

import io.tidewatch.model.Condition;
import io.tidewatch.model.Hop;
import io.tidewatch.model.PodView;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What a dump proves about when a step reached the Rollout, and since when pods lack without a break. */
final class Lack {

    private Lack() {}

    /** The HPA scaled the Rollout to what it has now, or the Rollout's own Events say so. */
    static Optional<Instant> stepOf(Chain chain, Standing standing) {
        if (standing.hop().filter(Hop.HPA::equals).isPresent()) {
            return Optional.empty();
        }
        return chain.hpa()
                .filter(hpa -> hpa.desiredReplicas() == chain.replicas())
                .flatMap(hpa -> hpa.lastScaleTime())
                .or(() -> chain.question().seen().events().stream()
                        .filter(event -> event.reason().equals("ScalingReplicaSet")
                                && event.involvedKind().equals("Rollout"))
                        .flatMap(event -> event.last().stream())
                        .max(Instant::compareTo));
    }

    /** The earliest proof of a lack that has lasted since. */
    static Optional<Instant> since(Chain chain, Standing standing) {
        if (standing.hop().filter(Hop.HPA::equals).isPresent()) {
            return Stream.of("AbleToScale", "ScalingActive")
                    .flatMap(type -> chain.hpaCondition(type).filter(Condition::isFalse).stream())
                    .flatMap(condition -> condition.lastTransition().stream())
                    .min(Instant::compareTo);
        }
        Stream<Instant> pods = chain.lackingPods().stream().flatMap(pod -> unreadySince(pod).stream());
        Stream<Instant> refused = chain.sets().stream()
                .flatMap(set -> Optional.ofNullable(set.conditions().get("ReplicaFailure")).stream())
                .filter(Condition::isTrue)
                .flatMap(condition -> condition.lastTransition().stream());
        Stream<Instant> claimed = chain.rolloutCondition("Available").filter(Condition::isFalse).stream()
                .flatMap(condition -> condition.lastTransition().stream());
        boolean allServe = chain.lackingPods().isEmpty();
        Stream<Instant> deadlines = chain.sets().stream()
                .filter(set -> allServe && set.replicas() > 0)
                .flatMap(set -> set.scaleDownDeadline().stream())
                .filter(chain.question().now()::isAfter);
        return Stream.of(pods, refused, claimed, deadlines)
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }

    /** One that restarts was never available for long: its condition flips with every attempt. */
    private static Optional<Instant> unreadySince(PodView pod) {
        boolean restarts = pod.containers().stream().anyMatch(container -> container.restarts() > 0);
        Condition ready = pod.conditions().get("Ready");
        return restarts || ready == null
                ? pod.meta().created()
                : ready.lastTransition().or(() -> pod.meta().created());
    }
}
