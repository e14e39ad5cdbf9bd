package io.tidewatch.definition.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A date, or a time with its zone, as an iCalendar file writes it.
 *
 * @param written the digits; midnight for a date
 * @param kind how the digits are to be understood
 * @param tzid of a time whose zone nobody knows; otherwise empty
 * @param zone of a time in UTC or in a known zone
 */
record IcsTime(LocalDateTime written, Kind kind, String tzid, Optional<IcsZone> zone) {

    enum Kind {
        DATE,
        /** A local time without a zone, which each reader reads in their own zone. */
        FLOATING,
        /** In UTC, or in a zone that the file describes or IANA lists. */
        FIXED,
        /** In a zone that is known by its name only. */
        UNKNOWN
    }

    static IcsTime date(LocalDateTime midnight) {
        return new IcsTime(midnight, Kind.DATE, "", Optional.empty());
    }

    static IcsTime floating(LocalDateTime written) {
        return new IcsTime(written, Kind.FLOATING, "", Optional.empty());
    }

    static IcsTime utc(LocalDateTime written) {
        return new IcsTime(written, Kind.FIXED, "", Optional.of(IcsZone.of(ZoneOffset.UTC)));
    }

    boolean isDate() {
        return kind == Kind.DATE;
    }

    /** Whether both can be compared without knowing more than the file says. */
    boolean comparableWith(IcsTime other) {
        return kind == other.kind && tzid.equals(other.tzid);
    }

    /** What the wall clock of another time shows at this time. */
    LocalDateTime onWallOf(IcsTime other) {
        return instant().flatMap(at -> other.zone().map(z -> z.wall(at))).orElse(written);
    }

    Optional<Instant> instant() {
        return zone.map(z -> z.instant(written));
    }
}
