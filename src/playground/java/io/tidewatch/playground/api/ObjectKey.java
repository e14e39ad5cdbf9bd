package io.tidewatch.playground.api;

/**
 * The key of an object.
 *
 * @param namespace empty for a kind without namespaces
 */
record ObjectKey(ResourceType type, String namespace, String name) {

    /** The order of a list: by namespace, then by name. */
    String sortKey() {
        return namespace + "/" + name;
    }
}
