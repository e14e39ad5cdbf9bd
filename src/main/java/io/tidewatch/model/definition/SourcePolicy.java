package io.tidewatch.model.definition;

import java.util.Set;

/**
 * What a source may do to the cluster.
 *
 * @param name the source's
 * @param apply whether its objects are applied; if not, everything is read and only minimums are written
 * @param restoreDrift whether fields of its manifests that another manager took are taken back
 * @param namespaces those that it may define objects in; all when empty
 * @param kinds the further kinds that it applies beside Rollouts and ScaledObjects
 */
public record SourcePolicy(
        String name, boolean apply, boolean restoreDrift, Set<String> namespaces, Set<FurtherKind> kinds) {

    public SourcePolicy {
        namespaces = Set.copyOf(namespaces);
        kinds = Set.copyOf(kinds);
    }

    public SourcePolicy(String name, boolean apply, boolean restoreDrift, Set<String> namespaces) {
        this(name, apply, restoreDrift, namespaces, Set.of());
    }

    public SourcePolicy(String name, boolean apply, boolean restoreDrift) {
        this(name, apply, restoreDrift, Set.of());
    }

    /** The same, as if it applied all of its objects, or nothing but minimums. */
    public SourcePolicy with(boolean applies) {
        return new SourcePolicy(name, applies, restoreDrift, namespaces, kinds);
    }

    public boolean maySpeakFor(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
