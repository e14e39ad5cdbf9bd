package io.tidewatch.model.definition;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a source defines at a commit: the good files as written there, the broken ones as they last were good.
 *
 * @param files by path, sorted, so that "first written" means the same everywhere
 * @param problems all of them, at once
 */
public record SourceDefinitions(
        String source, Commit commit, SortedMap<String, FileDefinitions> files, List<Problem> problems) {

    public SourceDefinitions {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        problems = List.copyOf(problems);
    }

    public List<ScaleSchedule> schedules() {
        return files.values().stream().flatMap(f -> f.schedules().stream()).toList();
    }

    public List<Calendar> calendars() {
        return files.values().stream().flatMap(f -> f.calendars().stream()).toList();
    }

    public List<Manifest> manifests() {
        return files.values().stream().flatMap(f -> f.manifests().stream()).toList();
    }

    /** While this is so, no removal in the source counts. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
