package io.tidewatch.config;

import io.tidewatch.config.SourceConfig.Login;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The report of each night that is pushed to a branch of the source's repository.
 *
 * @param branch its name, without {@code refs/heads/}; never the ref that the source is read from
 * @param at when a night ends and its report is written
 * @param timeZone absent: that of the source's schedules where they share one, else UTC
 * @param login with the right to push; absent: the login of the source
 */
public record NightReports(String branch, LocalTime at, Optional<ZoneId> timeZone, Optional<Login> login) {

    /** When a night ends where nothing else is written. */
    static final LocalTime MORNING = LocalTime.of(9, 0);
}
