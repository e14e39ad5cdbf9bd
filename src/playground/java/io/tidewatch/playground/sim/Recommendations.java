package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the metrics asked for lately; scaling down waits until the highest of it is older than the window. */
final class Recommendations {
    private record Recommendation(Instant at, int replicas) {}

    private final List<Recommendation> recent = new ArrayList<>();

    /** The first look at an HPA counts its current size as recommended: a restart must not scale down at once. */
    void begin(Instant now, int current) {
        if (recent.isEmpty()) {
            recent.add(new Recommendation(now, current));
        }
    }

    /** The highest recommendation within the window, this one included. */
    int highestWith(int replicas, Instant now, Duration window) {
        Instant horizon = now.minus(window);
        recent.removeIf(one -> one.at.isBefore(horizon));
        recent.add(new Recommendation(now, replicas));
        return recent.stream().mapToInt(Recommendation::replicas).max().orElse(replicas);
    }
}
