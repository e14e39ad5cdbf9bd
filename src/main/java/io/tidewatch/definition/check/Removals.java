package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Keeps removed definitions in force while a source has errors, because they may stand in a file that cannot be read. */
public final class Removals {

    private final SortedMap<String, FileDefinitions> now;
    private final List<Problem> problems = new ArrayList<>();

    public Removals(SourceDefinitions previous, SortedMap<String, FileDefinitions> definitions) {
        now = new TreeMap<>(definitions);
        Set<String> present = new HashSet<>();
        definitions.values().forEach(file -> ids(file).forEach(present::add));
        Catalog catalog = new Catalog(definitions.values(), List.of());
        for (FileDefinitions file : previous.files().values()) {
            keep(file, present, catalog);
        }
    }

    public SortedMap<String, FileDefinitions> undone() {
        return now;
    }

    public Collection<Problem> problems() {
        return problems;
    }

    private void keep(FileDefinitions file, Set<String> present, Catalog catalog) {
        Predicate<String> gone = id -> !present.contains(id);
        List<ScaleSchedule> schedules = file.schedules().stream()
                .filter(s -> gone.test(Catalog.id(key(s))) && !isReplaced(s, catalog))
                .toList();
        List<Calendar> calendars = file.calendars().stream()
                .filter(c -> gone.test(Catalog.id(key(c))))
                .toList();
        List<Manifest> manifests = file.manifests().stream()
                .filter(m -> gone.test(Catalog.id(m.key())))
                .toList();
        FileDefinitions kept = new FileDefinitions(
                file.path(),
                file.commit(),
                schedules,
                calendars,
                manifests,
                schedules.isEmpty() ? List.of() : file.hpas());
        ids(kept)
                .forEach(
                        id -> problems.add(
                                new Problem(
                                        file.path(),
                                        1,
                                        "",
                                        Problem.Severity.WARNING,
                                        "removal-waits",
                                        id
                                                + " was removed but stays in force: removals wait until this source has no errors; fix those")));
        if (!ids(kept).toList().isEmpty()) {
            now.merge(file.path(), kept, Removals::joined);
        }
    }

    /** Whether another schedule names the targets of a removed schedule: then that is a change, not a removal. */
    private static boolean isReplaced(ScaleSchedule schedule, Catalog catalog) {
        List<AutoscalerSpec> targets = catalog.targets(schedule);
        return !targets.isEmpty()
                && targets.stream()
                        .allMatch(so -> catalog.scheduleOf(so.target()).isPresent());
    }

    private static FileDefinitions joined(FileDefinitions written, FileDefinitions kept) {
        return new FileDefinitions(
                written.path(),
                written.commit(),
                both(written.schedules(), kept.schedules()),
                both(written.calendars(), kept.calendars()),
                both(written.manifests(), kept.manifests()),
                both(written.hpas(), kept.hpas()));
    }

    private static <T> List<T> both(List<T> written, List<T> kept) {
        return Stream.concat(written.stream(), kept.stream()).toList();
    }

    private static Stream<String> ids(FileDefinitions file) {
        Stream<ObjectKey> keys = Stream.of(
                        file.schedules().stream().map(Removals::key),
                        file.calendars().stream().map(Removals::key),
                        file.manifests().stream().map(Manifest::key))
                .flatMap(k -> k);
        return keys.map(Catalog::id);
    }

    private static ObjectKey key(ScaleSchedule schedule) {
        return new ObjectKey(
                Kinds.version(Kinds.SCALE_SCHEDULE), Kinds.SCALE_SCHEDULE, schedule.namespace(), schedule.name());
    }

    private static ObjectKey key(Calendar calendar) {
        return new ObjectKey(Kinds.version(Kinds.CALENDAR), Kinds.CALENDAR, calendar.namespace(), calendar.name());
    }
}
