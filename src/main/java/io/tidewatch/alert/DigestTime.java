package io.tidewatch.alert;

import io.tidewatch.model.definition.Alerting;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/**
 * When digests are due. A digest covers the time since the one before: days of 23 or 25 hours leave nothing out.
 *
 * @param from inclusive
 * @param at exclusive end of what it covers, and when it is sent
 * @param next when the one after it is due
 */
public record DigestTime(Instant from, Instant at, Instant next) {

    /** The latest digest that was due at this instant or before: one that was missed is made good. */
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
