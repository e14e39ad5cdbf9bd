package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A requested restart: older pods are evicted, a few at a time, unless a PodDisruptionBudget denies it. A denied eviction is
 * tried again after 30 s and reported in the log only (argo-rollouts, {@code rollout/restart.go}).
 */
record PodRestart(List<Write> writes, Optional<Duration> again) {
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final PodRestart NONE = new PodRestart(List.of(), Optional.empty());

    PodRestart {
        writes = List.copyOf(writes);
    }

    static PodRestart of(RolloutState state) {
        return state.rollout()
                .restartAt()
                .map(restartAt -> restartAt.isAfter(state.now())
                        ? new PodRestart(List.of(), Optional.of(Duration.between(state.now(), restartAt)))
                        : evict(state, restartAt))
                .orElse(NONE);
    }

    private static PodRestart evict(RolloutState state, Instant restartAt) {
        List<Live> old = state.pods().stream()
                .filter(pod -> pod.created().isBefore(restartAt))
                .toList();
        if (old.isEmpty()) {
            return new PodRestart(
                    List.of(new Write.PatchStatus(
                            Kind.ROLLOUT, state.rollout().live().key(), Map.of("restartedAt", restartAt.toString()))),
                    Optional.empty());
        }
        int desired = Math.max(state.rollout().replicas(), state.total(RsCopy::size));
        int ready = (int) state.pods().stream().filter(Pods::isReady).count();
        int room = ready
                - desired
                + Math.max(
                        1, state.rollout().isBlueGreen() ? 1 : state.rollout().maxUnavailable());
        List<Write> evictions = new ArrayList<>();
        if (!state.forbidsEviction()) {
            old.stream().limit(Math.max(0, room)).forEach(pod -> evictions.add(new Write.Delete(Kind.POD, pod.key())));
        }
        return new PodRestart(evictions, Optional.of(RETRY));
    }

    /** Adds the evictions to a turn; returns when to try again. */
    Optional<Duration> add(SyncTurn turn) {
        turn.addAll(writes);
        return again;
    }
}
