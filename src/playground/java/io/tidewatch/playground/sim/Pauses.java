package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Computes the pauses and the abort after one synchronisation: argo-rollouts, {@code rollout/pause.go}. */
final class Pauses {
    static final String STEP = "CanaryPauseStep";
    static final String BLUE_GREEN = "BlueGreenPause";
    static final String INCONCLUSIVE = "InconclusiveAnalysisRun";

    private final RolloutView rollout;
    private final Instant now;
    private final Set<String> removed = new HashSet<>();
    private final List<String> added = new ArrayList<>();
    private boolean cleared;

    Pauses(RolloutState state) {
        this.rollout = state.rollout();
        this.now = state.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Pauses unless that pause exists already. */
    void add(String reason) {
        added.add(reason);
    }

    boolean isAdding() {
        return !added.isEmpty();
    }

    void remove(String reason) {
        removed.add(reason);
    }

    /** A new template ends every pause, and an abort. */
    void clear() {
        cleared = true;
    }

    /** Somebody took the pause away, or its time is over. */
    boolean isStepDone(Map<String, Object> pause) {
        if (!rollout.hasPause(STEP)) {
            return rollout.isControllerPaused();
        }
        return left(pause).filter(Duration::isZero).isPresent();
    }

    /** What is left of a pause step that has begun and ends by itself; zero once it is over. */
    Optional<Duration> left(Map<String, Object> pause) {
        Optional<Instant> began = rollout.pauseConditions().stream()
                .filter(one -> STEP.equals(one.get("reason")))
                .map(one -> Instant.parse(String.valueOf(one.get("startTime"))))
                .findFirst();
        return CanarySteps.seconds(pause)
                .flatMap(seconds -> began.map(at -> Duration.between(now, at.plusSeconds(seconds))))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    /** Writes abort and pauses into the status that is being computed. */
    void apply(RolloutStatus status) {
        if (rollout.isAborted() && !cleared) {
            String since = rollout.live().text("status", "abortedAt");
            status.put("abort", true).text("abortedAt", since.isEmpty() ? now.toString() : since);
            status.put("pauseConditions", null).put("controllerPause", null);
            return;
        }
        status.put("abort", null).put("abortedAt", null);
        List<Object> conditions = new ArrayList<>();
        if (!cleared) {
            rollout.pauseConditions().stream()
                    .filter(one -> !removed.contains(String.valueOf(one.get("reason"))))
                    .forEach(conditions::add);
            added.stream()
                    .filter(reason -> !rollout.hasPause(reason))
                    .forEach(reason -> conditions.add(Fields.tree("reason", reason, "startTime", now.toString())));
        }
        status.put("pauseConditions", conditions.isEmpty() ? null : conditions);
        status.put("controllerPause", conditions.isEmpty() ? null : true);
    }
}
