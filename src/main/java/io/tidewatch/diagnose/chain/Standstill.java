package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Since when the ReplicaSets of a dump have stood still, if the dump proves it.
 *
 * <p>The traces of a change are the ReplicaSets' writers, the Events of their scaling, their pods' transitions and the
 * HPA's lastScaleTime; the newest counts. The HPA's time alone, without writers and Events that would show a later
 * change, is likely; so are, without any of them, the conditions by which the controller reacted to the step.
 */
public record Standstill(Instant since, Certainty certainty) {

    public static Optional<Standstill> of(Chain chain) {
        Instant seen = chain.sets().stream()
                .map(set -> set.meta().seenAt())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Optional<Instant> scaled =
                Stream.concat(scalings(chain), rescale(chain)).max(Instant::compareTo);
        boolean written = chain.sets().stream()
                .anyMatch(set -> set.meta().writers().stream()
                        .anyMatch(writer -> writer.time().isPresent()));
        if (scaled.isPresent() || written) {
            boolean wouldShow = written || chain.canSee("Event");
            return Optional.of(new Standstill(
                    later(seen, scaled.orElse(Instant.EPOCH)), wouldShow ? Certainty.CERTAIN : Certainty.LIKELY));
        }
        return reaction(chain).map(reacted -> new Standstill(later(seen, reacted), Certainty.LIKELY));
    }

    private static Stream<Instant> scalings(Chain chain) {
        return chain.input().seen().events().stream()
                .filter(Standstill::isScaling)
                .flatMap(event -> event.last().stream());
    }

    private static boolean isScaling(EventView event) {
        return switch (event.reason()) {
            case "ScalingReplicaSet" -> !event.involvedKind().equals("ReplicaSet");
            case "SuccessfulCreate", "SuccessfulDelete" -> event.involvedKind().equals("ReplicaSet");
            default -> false;
        };
    }

    private static Stream<Instant> rescale(Chain chain) {
        return chain.hpa().flatMap(hpa -> hpa.lastScaleTime()).stream();
    }

    /** A timeout proves that nothing moved for the whole deadline before it. */
    private static Optional<Instant> reaction(Chain chain) {
        if (chain.rollout().isEmpty()) {
            return Optional.empty();
        }
        Optional<Condition> denies = chain.workloadCondition("Available").filter(Condition::isFalse);
        Optional<Condition> timedOut = chain.workloadCondition("Progressing").filter(StatusForecast::isTimedOut);
        if (denies.isEmpty() && timedOut.isEmpty()) {
            return Optional.empty();
        }
        int deadline = chain.rollout().orElseThrow().progressDeadlineSeconds();
        Stream<Instant> timeout = timedOut.stream()
                .flatMap(condition -> condition.lastUpdate().stream())
                .map(at -> at.minusSeconds(deadline));
        Stream<Instant> others = Stream.of("Available", "Healthy", "Progressing")
                .flatMap(type -> chain.workloadCondition(type).stream())
                .filter(condition -> !StatusForecast.isTimedOut(condition))
                .flatMap(condition -> condition.lastUpdate().stream());
        return Stream.concat(timeout, others).max(Instant::compareTo);
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
