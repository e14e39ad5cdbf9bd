package io.tidewatch.alert;

import io.tidewatch.model.DailyTime;
import io.tidewatch.model.definition.Alerting;
import java.time.Instant;
import java.time.LocalDate;

/**
 * When digests are due. A digest covers the time since the digest before, also on days of 23 or 25 hours.
 *
 * @param from inclusive
 * @param at exclusive, and when it is sent
 * @param next when the next digest is due
 */
public record DigestTime(Instant from, Instant at, Instant next) {

    /** The latest digest that was due at this instant or before, so that a missed digest is sent later. */
    public static DigestTime latest(Alerting.Digest digest, Instant now) {
        DailyTime daily = new DailyTime(digest.at(), digest.timeZone());
        LocalDate day = daily.latest(now);
        return new DigestTime(daily.on(day.minusDays(1)), daily.on(day), daily.on(day.plusDays(1)));
    }
}
