package io.tidewatch.model.definition;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a source defines at a commit: the good files as written there, the broken ones as they last were good.
 *
 * @param files by path, sorted, so that "first written" means the same everywhere
 * @param problems all of them, at once
 * @param changes by path, the commits since the commit that was applied last that changed the content in force of a file
 */
public record SourceDefinitions(
        String source,
        Commit commit,
        SortedMap<String, FileDefinitions> files,
        List<Problem> problems,
        SortedMap<String, FileChange> changes) {

    public SourceDefinitions {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        problems = List.copyOf(problems);
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** Definitions whose earlier commits are not known. */
    public SourceDefinitions(
            String source, Commit commit, SortedMap<String, FileDefinitions> files, List<Problem> problems) {
        this(source, commit, files, problems, Collections.emptySortedMap());
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

    /** Its declared autoscalers, whether it applies them or not, in the order of the files. */
    public Stream<AutoscalerSpec> autoscalers() {
        return files.values().stream()
                .flatMap(file -> Stream.concat(
                        file.manifests().stream().flatMap(manifest -> AutoscalerSpec.of(manifest).stream()),
                        file.hpas().stream()));
    }

    /** The commits that brought what is written there, if they are not applied yet. */
    public Optional<FileChange> change(Origin origin) {
        return Optional.ofNullable(changes.get(origin.file()));
    }

    /** While this is so, no removal in the source counts. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }
}
