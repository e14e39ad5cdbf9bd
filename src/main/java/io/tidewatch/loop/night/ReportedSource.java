package io.tidewatch.loop.night;

import io.tidewatch.git.ReportBranch;
import io.tidewatch.model.definition.SecretText;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A source of whose nights reports are pushed.
 *
 * @param at when a night ends
 * @param timeZone of that time; absent: that of its schedules where they share one, else UTC
 * @param deadline of one attempt
 */
public record ReportedSource(
        String name,
        ReportBranch branch,
        LocalTime at,
        Optional<ZoneId> timeZone,
        Optional<Login> login,
        Duration deadline) {

    /** A login with the right to push. */
    public record Login(String username, SecretText password) {}
}
