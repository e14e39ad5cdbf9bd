package io.tidewatch.view;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * Who looks, and so what there is to see.
 *
 * @param namespaces whose targets are shown; absent: all, and Tidewatch itself
 */
public record Audience(Optional<Set<String>> namespaces) {

    /** Sees everything. */
    public static final Audience ALL = new Audience(Optional.empty());

    public Audience {
        namespaces = namespaces.map(Set::copyOf);
    }

    /** Sees these namespaces alone. */
    public static Audience of(Set<String> namespaces) {
        return new Audience(Optional.of(namespaces));
    }

    /** Of which targets is asked for it. */
    public Scope scope() {
        return namespaces.map(Scope::of).orElse(Scope.ALL);
    }

    public boolean sees(Target target) {
        return target.isTidewatch() ? seesAll() : sees(target.namespace());
    }

    public boolean sees(String namespace) {
        return namespaces.isEmpty() || namespaces.get().contains(namespace);
    }

    /** Whether sources, commits and Tidewatch itself are shown: they belong to no namespace. */
    public boolean seesAll() {
        return namespaces.isEmpty();
    }
}
