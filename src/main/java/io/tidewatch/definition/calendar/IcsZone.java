package io.tidewatch.definition.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The clocks of a zone. A time that the clocks skip is read with the offset before; of a time that comes twice, the earlier counts. */
interface IcsZone {

    Instant instant(LocalDateTime wall);

    LocalDateTime wall(Instant instant);

    static IcsZone of(ZoneId zone) {
        return new IcsZone() {
            @Override
            public Instant instant(LocalDateTime wall) {
                return wall.atZone(zone).toInstant();
            }

            @Override
            public LocalDateTime wall(Instant instant) {
                return LocalDateTime.ofInstant(instant, zone);
            }
        };
    }

    /**
     * A change of the clocks.
     *
     * @param wall the clocks of before, at the change
     */
    record Onset(LocalDateTime wall, ZoneOffset from, ZoneOffset to) {

        Instant instant() {
            return wall.toInstant(from);
        }
    }

    /** @param onsets in any order, at least one */
    static IcsZone of(List<Onset> onsets) {
        List<Onset> byWall =
                onsets.stream().sorted(Comparator.comparing(Onset::wall)).toList();
        List<Onset> byInstant =
                onsets.stream().sorted(Comparator.comparing(Onset::instant)).toList();
        return new IcsZone() {
            @Override
            public Instant instant(LocalDateTime wall) {
                int last = lastOf(byWall, onset -> !onset.wall().isAfter(wall));
                if (last < 0) {
                    return wall.toInstant(byWall.get(0).from());
                }
                Onset onset = byWall.get(last);
                long skipped =
                        (long) onset.to().getTotalSeconds() - onset.from().getTotalSeconds();
                boolean gap = wall.isBefore(onset.wall().plusSeconds(skipped));
                return wall.toInstant(gap ? onset.from() : onset.to());
            }

            @Override
            public LocalDateTime wall(Instant instant) {
                int last = lastOf(byInstant, onset -> !onset.instant().isAfter(instant));
                ZoneOffset offset =
                        last < 0 ? byInstant.get(0).from() : byInstant.get(last).to();
                return LocalDateTime.ofInstant(instant, offset);
            }
        };
    }

    /** The index of the last onset that has begun, of onsets in order; -1 where none has. */
    private static int lastOf(List<Onset> onsets, Predicate<Onset> begun) {
        int low = 0;
        int high = onsets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (begun.test(onsets.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
