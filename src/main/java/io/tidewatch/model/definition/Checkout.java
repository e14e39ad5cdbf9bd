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
 */
public record Checkout(Commit commit, SortedMap<String, String> files, Set<String> changed) {

    public Checkout {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        changed = Set.copyOf(changed);
    }
}
