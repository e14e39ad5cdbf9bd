package io.tidewatch.model.report;

import io.tidewatch.model.Target;
import java.util.Optional;
import java.util.Set;

/**
 * Of which targets something is asked.
 *
 * @param target of this one alone; absent: of several
 * @param namespaces of the targets in these alone; absent: of all, and of Tidewatch itself
 */
public record Scope(Optional<Target> target, Optional<Set<String>> namespaces) {

    /** Of everything. */
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty());

    public Scope {
        namespaces = namespaces.map(Set::copyOf);
    }

    /** Of one target. */
    public static Scope of(Target target) {
        return new Scope(Optional.of(target), Optional.empty());
    }

    /** Of the targets in some namespaces. */
    public static Scope of(Set<String> namespaces) {
        return new Scope(Optional.empty(), Optional.of(namespaces));
    }

    public boolean isOf(Target one) {
        return target.filter(asked -> !asked.equals(one)).isEmpty()
                && namespaces.filter(some -> !some.contains(one.namespace())).isEmpty();
    }
}
