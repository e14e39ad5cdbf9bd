package io.tidewatch.definition.calendar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A component of an iCalendar file with what decides about dates in it.
 *
 * @param name in capitals, for example VEVENT
 * @param line at which it begins
 * @param properties that decide about dates, and an event's SUMMARY
 * @param unreadable names of the properties that decide about dates and cannot be read
 * @param components inside of it that decide about dates
 */
record IcsComponent(
        String name, int line, List<IcsLine> properties, Set<String> unreadable, List<IcsComponent> components) {

    static IcsComponent begin(String name, int line) {
        return new IcsComponent(name, line, new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    }

    List<IcsComponent> all(String component) {
        return components.stream().filter(c -> c.name().equals(component)).toList();
    }

    List<IcsLine> every(String property) {
        return properties.stream().filter(p -> p.name().equals(property)).toList();
    }
}
