package io.tidewatch.night;

import java.time.Duration;
import java.util.List;

/** What happens to a leader, or to what it needs. */
enum Trouble {
    KILLED,
    KILLED_WITH_ITS_NODE,
    /** SIGSTOP, longer than the Lease. */
    STOPPED,
    /** From the API server. */
    CUT_OFF,
    /** Each for some seconds. */
    REQUESTS_HELD,
    /** Until another replica leads; then they arrive. */
    REQUESTS_FROZEN,
    /** Until another replica leads; the requests arrive at once. */
    ANSWERS_FROZEN,
    SLOW_API_SERVER,
    /** SIGTERM, in effect. */
    ENDED,
    /** From the API server and PostgreSQL. */
    CUT_OFF_FROM_ALL,
    /** As {@link #REQUESTS_FROZEN}, and nothing goes to PostgreSQL or comes from there. */
    ALL_FROZEN,
    POSTGRES_RESTARTED,
    POSTGRES_AWAY,
    POSTGRES_FROZEN;

    /** A Lease, five seconds, the clock that is behind, and a loaded machine. */
    private static final Duration TAKEOVER = Duration.ofSeconds(25 + 5 + 3 + 7);

    /** Those that need no PostgreSQL. */
    static final List<Trouble> OF_THE_CLUSTER = List.of(
            KILLED,
            KILLED_WITH_ITS_NODE,
            STOPPED,
            CUT_OFF,
            REQUESTS_HELD,
            REQUESTS_FROZEN,
            ANSWERS_FROZEN,
            SLOW_API_SERVER,
            ENDED);

    /** By when an edge is carried out, in spite of it. A renewal that arrives late makes the other replicas wait anew. */
    Duration atMost() {
        return this == REQUESTS_HELD ? TAKEOVER.plusSeconds(10) : TAKEOVER;
    }

    /** Whether it ends as soon as another replica leads. */
    boolean endsWithTakeover() {
        return this == REQUESTS_FROZEN || this == ANSWERS_FROZEN || this == ALL_FROZEN;
    }

    /** Whether it is PostgreSQL's, and so everybody's. */
    boolean isOfJournal() {
        return this == POSTGRES_RESTARTED || this == POSTGRES_AWAY || this == POSTGRES_FROZEN;
    }

    /** Whether a leader that a receiver has answered may be unable to write that down. */
    boolean keepsFromRecording() {
        return switch (this) {
            case KILLED,
                    KILLED_WITH_ITS_NODE,
                    STOPPED,
                    CUT_OFF_FROM_ALL,
                    ALL_FROZEN,
                    POSTGRES_RESTARTED,
                    POSTGRES_AWAY,
                    POSTGRES_FROZEN -> true;
            case CUT_OFF, REQUESTS_HELD, REQUESTS_FROZEN, ANSWERS_FROZEN, SLOW_API_SERVER, ENDED -> false;
        };
    }
}
