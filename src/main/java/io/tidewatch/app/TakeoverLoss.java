package io.tidewatch.app;

import io.tidewatch.model.report.LeaderState;
import java.util.Optional;

/** What is lost when another replica takes over, in words. */
final class TakeoverLoss {

    /** The code of the line. */
    static final String CODE = "state-not-shared";

    private TakeoverLoss() {}

    /**
     * What a replica warns of that finds another one.
     *
     * @param shared whether the replicas share their journal
     * @return empty where nothing is lost, or no other replica is known
     */
    static Optional<String> warning(LeaderState known, boolean shared) {
        return known.leader()
                .filter(leader -> !shared && !leader.equals(known.replica()))
                .map(leader ->
                        "each replica keeps its own journal, so a takeover loses the messages that are not sent yet and the"
                                + " history, and reports again what is open; set tidewatch.state.jdbcUrl to share one");
    }
}
