package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Action;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One action through the one door. What was created a moment ago is not created again while the caches have not seen it;
 * every other write is bound to the version that it was decided on.
 */
public final class ApplyStage {

    private static final Duration SEEN_AT_LAST = Duration.ofSeconds(30);

    private final ClusterWriter writer;
    private final Clock clock;
    private final Map<ObjectKey, Instant> created = new HashMap<>();

    public ApplyStage(ClusterWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    public synchronized Outcome apply(Action action) {
        Instant now = clock.instant();
        created.values().removeIf(at -> !now.isBefore(at.plus(SEEN_AT_LAST)));
        boolean creates =
                action instanceof Action.ApplyManifest apply && apply.on().isEmpty();
        if (creates && created.containsKey(((Action.ApplyManifest) action).key())) {
            return new Outcome.Outdated(action, now, "created a moment ago, not seen yet");
        }
        Outcome outcome = writer.apply(action);
        if (creates && outcome instanceof Outcome.Done) {
            created.put(((Action.ApplyManifest) action).key(), now);
        }
        return outcome;
    }
}
