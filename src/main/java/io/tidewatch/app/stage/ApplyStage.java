package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.model.Action;
import io.tidewatch.model.Guard;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * One action through the one door, from several threads at once but never two of one target. What was created a moment
 * ago is not created again while the caches have not seen it; every other write is bound to the version that it was
 * decided on, and none is sent upon a version that one of ours has made an old one.
 */
public final class ApplyStage {

    private static final Duration SEEN_AT_LAST = Duration.ofSeconds(30);

    private final Function<Action, Outcome> writer;
    private final Clock clock;
    private final ConcurrentMap<ObjectKey, Instant> created = new ConcurrentHashMap<>();
    private final WrittenUpon written = new WrittenUpon();
    private final LatelyRefused refused = new LatelyRefused();

    /** @param writer the one door, see {@link ClusterWriter#apply} */
    public ApplyStage(Function<Action, Outcome> writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Whatever it throws that is no answer of the API server is an outcome as well. */
    public Outcome apply(Action action) {
        return Guard.attempt(
                "apply", () -> carryOut(action), fault -> new Outcome.Failed(action, clock.instant(), fault));
    }

    private Outcome carryOut(Action action) {
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
