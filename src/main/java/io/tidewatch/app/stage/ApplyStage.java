package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Action;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One action through the one door, from several threads at once but never two of one target. What was created a moment
 * ago is not created again while the caches have not seen it; every other write is bound to the version that it was
 * decided on, and none is sent upon a version that one of ours has made an old one.
 */
public final class ApplyStage {

    private static final Duration SEEN_AT_LAST = Duration.ofSeconds(30);

    private final ClusterWriter writer;
    private final Clock clock;
    private final ConcurrentMap<ObjectKey, Instant> created = new ConcurrentHashMap<>();
    private final WrittenUpon written = new WrittenUpon();
    private final LatelyRefused refused = new LatelyRefused();

    public ApplyStage(ClusterWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    public Outcome apply(Action action) {
        Instant now = clock.instant();
        created.values().removeIf(at -> !now.isBefore(at.plus(SEEN_AT_LAST)));
        boolean creates =
                action instanceof Action.ApplyManifest apply && apply.on().isEmpty();
        if (creates && created.containsKey(((Action.ApplyManifest) action).key())) {
            return new Outcome.Outdated(action, now, "created a moment ago, not seen yet");
        }
        if (written.isOld(action)) {
            return new Outcome.Outdated(action, now, "written a moment ago, not seen yet");
        }
        Optional<Outcome> known = refused.answer(action, now);
        if (known.isPresent()) {
            return known.get();
        }
        Outcome outcome = writer.apply(action);
        refused.learn(action, outcome);
        written.learn(action, outcome);
        if (creates && outcome instanceof Outcome.Done) {
            created.put(((Action.ApplyManifest) action).key(), now);
        }
        return outcome;
    }
}
