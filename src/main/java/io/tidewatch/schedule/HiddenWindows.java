package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds windows that open but never count, because another window always counts instead. */
final class HiddenWindows {

    /** A schedule with more boundaries than this is not checked, which would take too long. */
    private static final int MOST_BOUNDARIES = 20_000;

    /** Each boundary evaluates every window. */
    private static final int MOST_WINDOWS_EVALUATED = 400_000;

    private HiddenWindows() {}

    /** Window → the windows that count instead; empty for a window that counts, never opens, or cannot be judged. */
    static Map<String, Set<String>> of(CompiledSchedule schedule, Optional<Bounds> baseline, Instant from, Instant to) {
        Map<String, Set<String>> hidden = new HashMap<>();
        Set<String> counting = new HashSet<>();
        int most = Math.min(
                MOST_BOUNDARIES,
                MOST_WINDOWS_EVALUATED / Math.max(1, schedule.windows().size()));
        Boundaries boundaries = new Boundaries(schedule, from, new LeadTimes(schedule, baseline));
        Optional<Instant> boundary = Optional.of(from);
        for (int i = 0; boundary.filter(b -> b.isBefore(to)).isPresent(); i++) {
            Instant instant = boundary.get();
            Optional<String> winner = schedule.winnerAt(instant, baseline)
                    .map(open -> open.window().window().name());
            winner.ifPresent(counting::add);
            if (counting.size() == schedule.windows().size() || i == most) {
                return none(schedule);
            }
            for (CompiledWindow window : schedule.windows()) {
                String name = window.window().name();
                if (!counting.contains(name)
                        && window.recurrence().openAt(instant).isPresent()) {
                    winner.ifPresent(by ->
                            hidden.computeIfAbsent(name, n -> new HashSet<>()).add(by));
                }
            }
            boundary = boundaries.next();
        }
        hidden.keySet().removeAll(counting);
        Map<String, Set<String>> all = none(schedule);
        all.putAll(hidden);
        return all;
    }

    private static Map<String, Set<String>> none(CompiledSchedule schedule) {
        Map<String, Set<String>> none = new HashMap<>();
        schedule.windows().forEach(w -> none.put(w.window().name(), Set.of()));
        return none;
    }
}
