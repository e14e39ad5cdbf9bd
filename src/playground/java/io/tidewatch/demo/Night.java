package io.tidewatch.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The instants of the demo's night: Sunday, 22 November 2026, in Seoul. */
final class Night {

    static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    static final Instant BEGINS = at("2026-11-22T22:15:00");
    static final Instant UP = at("2026-11-22T22:30:00");

    /** The ramp of checkout has two steps with a pause of a minute after each, and ends at {@link #UP}. */
    static final Instant FIRST_STEP = UP.minus(Duration.ofMinutes(2));

    static final Instant LAST_STEP = UP.minus(Duration.ofMinutes(1));

    static final Instant LAG = UP.plus(Duration.ofMinutes(5));
    static final Instant QUOTA_RAISED = at("2026-11-22T22:42:00");

    /** When the catalog is added, after the night's busy part. Its windows open five minutes later. */
    static final Instant CATALOG = at("2026-11-22T22:45:00");

    static final Instant CATALOG_UP = at("2026-11-22T22:50:00");
    static final Instant COMMIT = at("2026-11-22T23:00:00");
    static final Instant DOWN = at("2026-11-23T02:00:00");
    static final Instant CATALOG_DOWN = at("2026-11-23T02:10:00");
    static final Instant DIGEST = at("2026-11-23T08:00:00");
    static final Instant REPORT = at("2026-11-23T09:00:00");

    /** The branch of the report, and its page. */
    static final String REPORTS = "tidewatch/reports";

    static final String PAGE = "nights/2026-11-22.md";

    /** The pods that the namespace's quota allows: ten exist, and the windows ask for five more. */
    static final int FEW_PODS = 12;

    /** The same later: enough for the windows, and for an update of checkout after its window. */
    static final int ENOUGH_PODS = 20;

    static final Duration BEFORE = Duration.ofSeconds(3);

    private Night() {}

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }
}
