package io.tidewatch.journal.memory;

import io.tidewatch.model.Limits;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ids that were added last, at most {@link Limits#IDS_REMEMBERED}. Not safe for use by several threads. */
final class RecentIds {

    private final Set<String> ids = new LinkedHashSet<>();

    /** Adds an id; an id that is there already becomes the latest. */
    void add(String id) {
        ids.remove(id);
        ids.add(id);
        if (ids.size() > Limits.IDS_REMEMBERED) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    boolean contains(String id) {
        return ids.contains(id);
    }
}
