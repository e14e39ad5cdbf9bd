package io.tidewatch.model.definition;

import io.tidewatch.model.Commit;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Git holds of a source at one commit.
 *
 * @param files path below the source's path → text, for every file below it (not only YAML: calendars refer to .ics)
 * @param changed the paths that differ from the commit checked out before; all of them at the first checkout
 * @param changes by path, the commits that changed a file since the commit that was applied last; a path is missing where none did, or
 *     none was found
 */
public record Checkout(
        Commit commit, SortedMap<String, String> files, Set<String> changed, SortedMap<String, FileChange> changes) {

    public Checkout {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        changed = Set.copyOf(changed);
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** Files whose earlier commits are not known. */
    public Checkout(Commit commit, SortedMap<String, String> files, Set<String> changed) {
        this(commit, files, changed, Collections.emptySortedMap());
    }
}
