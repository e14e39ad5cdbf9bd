package io.tidewatch.definition;

import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Takes schedules out of force whose calendar is not in force. Only last good versions can name such a calendar, which was removed
 * since. Without its calendar a window would open on days on which it must not.
 */
final class LostCalendars {

    private final Set<String> calendars = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<String, FileDefinitions> whole = new TreeMap<>();

    LostCalendars(SortedMap<String, FileDefinitions> definitions) {
        definitions
                .values()
                .forEach(file -> file.calendars()
                        .forEach(calendar -> calendars.add(calendar.namespace() + "/" + calendar.name())));
        definitions.forEach((path, file) -> whole.put(path, kept(file)));
    }

    /** The definitions without those schedules. */
    SortedMap<String, FileDefinitions> whole() {
        return whole;
    }

    /** One error for each schedule that was taken out. */
    List<Problem> problems() {
        return problems;
    }

    private FileDefinitions kept(FileDefinitions file) {
        List<ScaleSchedule> schedules = new ArrayList<>();
        for (ScaleSchedule schedule : file.schedules()) {
            Optional<String> lost = lost(schedule);
            if (lost.isEmpty()) {
                schedules.add(schedule);
            } else {
                problems.add(new Problem(
                        file.path(),
                        schedule.origin().line(),
                        "spec.windows",
                        Problem.Severity.ERROR,
                        "missing-calendar",
                        "the last good version of ScaleSchedule " + schedule.id() + " names Calendar " + lost.get()
                                + ", which is gone; the schedule is out of force until this file is fixed"));
            }
        }
        return schedules.size() == file.schedules().size()
                ? file
                : new FileDefinitions(
                        file.path(), file.commit(), schedules, file.calendars(), file.manifests(), file.hpas());
    }

    private Optional<String> lost(ScaleSchedule schedule) {
        return schedule.windows().stream()
                .flatMap(LostCalendars::named)
                .map(name -> name.contains("/") ? name : schedule.namespace() + "/" + name)
                .filter(name -> !calendars.contains(name))
                .findFirst();
    }

    private static Stream<String> named(Window window) {
        return Stream.concat(window.except().stream(), window.only().stream());
    }
}
