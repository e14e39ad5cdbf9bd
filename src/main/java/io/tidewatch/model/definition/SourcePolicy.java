package io.tidewatch.model.definition;

import java.util.Set;

/**
 * What a source may do to the cluster.
 *
 * @param name the source's
 * @param apply whether its objects are applied; if not, everything is read and only minimums are written
 * @param restoreDrift whether fields of its manifests that another manager took are taken back
 * @param namespaces those that it may define objects in; all when empty
 */
public record SourcePolicy(String name, boolean apply, boolean restoreDrift, Set<String> namespaces) {

    public SourcePolicy {
        namespaces = Set.copyOf(namespaces);
    }

    public SourcePolicy(String name, boolean apply, boolean restoreDrift) {
        this(name, apply, restoreDrift, Set.of());
    }

    public boolean maySpeakFor(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
