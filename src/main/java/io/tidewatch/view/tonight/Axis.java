package io.tidewatch.view.tonight;

import io.tidewatch.view.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The axis of time.
 *
 * @param from its left end, a whole minute, so that a page in which nothing happens changes once a minute
 * @param now where past and future meet
 * @param to its right end
 * @param zone whose hours are marked: the schedules' own where they have one in common, else UTC
 * @param hours the full hours that are marked, in that zone
 * @param clockChanges a sentence for each zone of a schedule in which the clocks change on it
 */
public record Axis(Instant from, Instant now, Instant to, ZoneId zone, List<Hour> hours, List<String> clockChanges) {

    /** Hours between two marks. */
    private static final int EVERY = 2;

    /** A minute on the axis is about a tenth of a percent. */
    private static final int TENTHS = 1_000;

    public Axis {
        hours = List.copyOf(hours);
        clockChanges = List.copyOf(clockChanges);
    }

    /** A marked hour: when, how it is called, and where it is. */
    public record Hour(Instant at, String label, String x) {}

    /** @param zones those of the schedules that are shown */
    static Axis of(Instant from, Instant now, Instant to, Set<ZoneId> zones) {
        ZoneId zone = zones.size() == 1 ? zones.iterator().next() : ZoneOffset.UTC;
        Clocks clocks = new Clocks(zone);
        List<Hour> hours = new ArrayList<>();
        Axis bare = new Axis(from, now, to, zone, List.of(), List.of());
        ZonedDateTime hour = from.atZone(zone).truncatedTo(ChronoUnit.HOURS);
        while (!hour.toInstant().isAfter(to)) {
            if (hour.getHour() % EVERY == 0 && !hour.toInstant().isBefore(from)) {
                hours.add(new Hour(hour.toInstant(), clocks.time(hour.toInstant()), bare.x(hour.toInstant())));
            }
            hour = hour.plusHours(1);
        }
        return new Axis(
                from,
                now,
                to,
                zone,
                hours,
                zones.stream()
                        .sorted(Comparator.comparing(ZoneId::getId))
                        .flatMap(one -> clockChange(from, to, one).stream())
                        .toList());
    }

    private static Optional<String> clockChange(Instant from, Instant to, ZoneId zone) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        if (next == null || !next.getInstant().isBefore(to)) {
            return Optional.empty();
        }
        return Optional.of("Clocks in " + zone + " go " + (next.isGap() ? "forward" : "back") + " at "
                + next.getDateTimeBefore().toLocalTime() + ", to "
                + next.getDateTimeAfter().toLocalTime() + ".");
    }

    /** Where an instant is, in tenths of a percent from the left end; those beyond an end are at the end. */
    private int tenths(Instant at) {
        double share = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        return (int) Math.round(Math.max(0, Math.min(1, share)) * TENTHS);
    }

    /** Where an instant is, as an attribute of SVG. */
    public String x(Instant at) {
        return percent(tenths(at));
    }

    /** How long an interval is, as an attribute of SVG. */
    public String width(Instant begin, Instant end) {
        return percent(Math.max(0, tenths(end) - tenths(begin)));
    }

    /** Where the past is drawn to: the last whole minute. */
    Instant line() {
        return now.truncatedTo(ChronoUnit.MINUTES);
    }

    /** Whether an instant is on it. */
    public boolean shows(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    private static String percent(int tenths) {
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + "%";
    }
}
