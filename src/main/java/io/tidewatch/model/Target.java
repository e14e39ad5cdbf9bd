package io.tidewatch.model;

/**
 * What a schedule moves: a ScaledObject, or a Rollout that has none.
 *
 * @param namespace of both the ScaledObject and its Rollout
 * @param name the ScaledObject's name; the Rollout's where it has no ScaledObject
 */
public record Target(String namespace, String name) implements Comparable<Target> {

    @Override
    public int compareTo(Target other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** As people read it: {@code shop/checkout}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
