package io.tidewatch.playground.api;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** A set of fields, as structured-merge-diff's {@code fieldpath.Set}. A path in the set does not imply the fields below it. */
final class FieldSet implements Iterable<FieldPath> {

    static final FieldSet EMPTY = new FieldSet(Set.of());

    private final Set<FieldPath> paths;

    private FieldSet(Set<FieldPath> paths) {
        this.paths = paths;
    }

    static FieldSet of(FieldPath... paths) {
        return of(Set.of(paths));
    }

    static FieldSet of(Collection<FieldPath> paths) {
        return paths.isEmpty() ? EMPTY : new FieldSet(Collections.unmodifiableSet(new LinkedHashSet<>(paths)));
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    int size() {
        return paths.size();
    }

    boolean contains(FieldPath path) {
        return paths.contains(path);
    }

    FieldSet union(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        Set<FieldPath> both = new LinkedHashSet<>(paths);
        both.addAll(other.paths);
        return of(both);
    }

    FieldSet minus(FieldSet other) {
        return other.isEmpty() ? this : where(path -> !other.contains(path));
    }

    FieldSet intersection(FieldSet other) {
        return where(other::contains);
    }

    /** Without the given fields and everything below them. */
    FieldSet withoutSubtrees(FieldSet roots) {
        return roots.isEmpty()
                ? this
                : where(path -> {
                    for (FieldPath root : roots) {
                        if (path.startsWith(root)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /**
     * With every named field that has something below it. Pruning needs it: when all of a map's fields go, the map goes
     * too instead of staying empty.
     */
    FieldSet withNamedParents() {
        Set<FieldPath> all = new LinkedHashSet<>(paths);
        for (FieldPath path : paths) {
            FieldPath parent = path.parent();
            while (!parent.elements().isEmpty()) {
                if (parent.endsInField()) {
                    all.add(parent);
                }
                parent = parent.parent();
            }
        }
        return of(all);
    }

    private FieldSet where(Predicate<FieldPath> kept) {
        Set<FieldPath> some = new LinkedHashSet<>();
        for (FieldPath path : paths) {
            if (kept.test(path)) {
                some.add(path);
            }
        }
        return some.size() == paths.size() ? this : of(some);
    }

    @Override
    public Iterator<FieldPath> iterator() {
        return paths.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && set.paths.equals(paths);
    }

    @Override
    public int hashCode() {
        return new HashSet<>(paths).hashCode();
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
