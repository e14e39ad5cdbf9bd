package io.tidewatch.schedule;

import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calendars of all sources by name, and the days on which they let a window open. */
final class Calendars {

    private static final int DAYS = (int) OpenDays.HORIZON.toEpochDay();

    private final Map<String, Map<String, CalendarDays>> bySource = new HashMap<>();
    private final Map<Restriction, OpenDays> compiled = new HashMap<>();

    Calendars(Definitions definitions) {
        for (SourceDefinitions source : definitions.sources()) {
            Map<String, CalendarDays> named = bySource.computeIfAbsent(source.source(), s -> new HashMap<>());
            for (Calendar calendar : source.calendars()) {
                named.putIfAbsent(calendar.namespace() + "/" + calendar.name(), CalendarDays.of(calendar));
            }
        }
    }

    /** The calendar that a window names, with or without a namespace; always of the same source. */
    Optional<CalendarDays> find(String name, String namespace, SourceDefinitions source) {
        String full = name.contains("/") ? name : namespace + "/" + name;
        return Optional.ofNullable(
                bySource.getOrDefault(source.source(), Map.of()).get(full));
    }

    OpenDays openDays(Window window, String namespace, SourceDefinitions source) {
        if (window.only().isEmpty() && window.except().isEmpty()) {
            return OpenDays.ALL;
        }
        return compiled.computeIfAbsent(
                new Restriction(window.only(), window.except(), namespace, source.source()), r -> {
                    BitSet open = union(window.only(), namespace, source);
                    if (window.only().isEmpty()) {
                        open.set(0, DAYS);
                    }
                    open.andNot(union(window.except(), namespace, source));
                    return OpenDays.of(open);
                });
    }

    /** @throws IllegalStateException for a calendar that does not exist, which must never mean "no restriction" */
    private BitSet union(List<String> names, String namespace, SourceDefinitions source) {
        BitSet days = new BitSet();
        for (String name : names) {
            days.or(find(name, namespace, source)
                    .orElseThrow(() -> new IllegalStateException("Calendar " + name + ", named in namespace "
                            + namespace + ", is not in source " + source.source()))
                    .days());
        }
        return days;
    }

    private record Restriction(List<String> only, List<String> except, String namespace, String source) {}
}
