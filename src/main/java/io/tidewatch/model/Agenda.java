package io.tidewatch.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What counts at an instant, for every target that a schedule names.
 *
 * @param next the distinct instants at which something changes next, one per target at the most; sorted
 */
public record Agenda(Instant at, SortedMap<Target, Wanted> wanted, SortedSet<Instant> next) {

    public Agenda {
        wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
        next = Collections.unmodifiableSortedSet(new TreeSet<>(next));
    }
}
