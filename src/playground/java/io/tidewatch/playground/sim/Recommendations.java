package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The latest recommendations of the metrics. Scaling down waits until the highest of them is older than the window. */
final class Recommendations {
    private record Recommendation(Instant at, int replicas) {}

    private final List<Recommendation> recent = new ArrayList<>();

    /** The first sync of an HPA counts its current size as recommended: a restart must not scale down at once. */
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
