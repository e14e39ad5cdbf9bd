package io.tidewatch.alert;

import io.tidewatch.model.definition.Alerting;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

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
        ZonedDateTime local = now.atZone(digest.timeZone());
        LocalDate today = local.toLocalDate();
        LocalDate day = on(digest, today).isAfter(now) ? today.minusDays(1) : today;
        return new DigestTime(on(digest, day.minusDays(1)), on(digest, day), on(digest, day.plusDays(1)));
    }

    private static Instant on(Alerting.Digest digest, LocalDate day) {
        return day.atTime(digest.at()).atZone(digest.timeZone()).toInstant();
    }
}
