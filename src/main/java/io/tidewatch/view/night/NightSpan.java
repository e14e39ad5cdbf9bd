package io.tidewatch.view.night;

import io.tidewatch.model.DailyTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A night as reports count them: the day and the night before the time of the report.
 *
 * @param date the day on which it begins
 * @param from inclusive
 * @param to exclusive
 */
public record NightSpan(LocalDate date, Instant from, Instant to) {

    /** The nights that have ended, the newest first. */
    public static List<NightSpan> ended(DailyTime time, Instant now, int most) {
        LocalDate last = time.latest(now);
        return IntStream.range(0, most)
                .mapToObj(last::minusDays)
                .map(end -> new NightSpan(end.minusDays(1), time.on(end.minusDays(1)), time.on(end)))
                .toList();
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
