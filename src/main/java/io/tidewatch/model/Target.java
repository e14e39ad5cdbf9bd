package io.tidewatch.model;

/**
 * A target of schedules and diagnoses: a ScaledObject, or a Rollout without one.
 *
 * @param namespace of both the ScaledObject and its Rollout
 * @param name the ScaledObject's name; the Rollout's where it has no ScaledObject
 */
public record Target(String namespace, String name) implements Comparable<Target> {

    /** What Tidewatch itself is called among targets. */
    private static final String SELF = "tidewatch";

    /**
     * The target of an incident of Tidewatch itself. Its namespace is empty, which no other target's is.
     *
     * @param key what is in trouble: {@code loop}, {@code standstill}, {@code source/NAME}, {@code reports/NAME}, {@code journal}, {@code receiver/NAME}
     */
    public static Target ofTidewatch(String key) {
        return new Target("", key);
    }

    /** Whether it stands for a part of Tidewatch and not for objects of a cluster. */
    public boolean isTidewatch() {
        return namespace.isEmpty();
    }

    @Override
    public int compareTo(Target other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** As people read it: {@code shop/checkout}. */
    @Override
    public String toString() {
        return isTidewatch() ? SELF : namespace + "/" + name;
    }
}
