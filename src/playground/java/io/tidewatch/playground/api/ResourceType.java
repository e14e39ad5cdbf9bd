package io.tidewatch.playground.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A served kind, with its rules on the API server.
 *
 * @param group empty for the core group
 * @param scale where {@code /scale} reads and writes, if the kind has it
 * @param shape how its fields are merged
 * @param unowned fields that nobody can own
 * @param schema what it may hold, where that is checked
 */
record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        Set<Trait> traits,
        Optional<ScalePaths> scale,
        FieldShape shape,
        FieldSet unowned,
        Optional<Schema> schema) {

    /** The properties in which kinds differ on the wire. */
    enum Trait {
        NAMESPACED,
        /** {@code /status} is a door of its own; the main door ignores status. */
        STATUS,
        /** {@code metadata.generation} counts the changes of the desired state. */
        GENERATION,
        /** A PUT must name the resourceVersion it replaces. */
        VERSIONED_PUT,
        /** A PUT creates a missing object, whatever version it names, but not one whose uid it names ({@code AllowCreateOnUpdate}). */
        CREATED_BY_PUT,
        /** Defined by a CRD: served as it was written, deleted with a Status as the answer. */
        CUSTOM
    }

    /** JSON pointers into the parent object. */
    record ScalePaths(String replicas, String statusReplicas, String selector) {}

    private static final List<FieldPath> SYSTEM_FIELDS = List.of(
            FieldPath.ofFields("apiVersion"),
            FieldPath.ofFields("kind"),
            FieldPath.ofFields("metadata", "name"),
            FieldPath.ofFields("metadata", "namespace"),
            FieldPath.ofFields("metadata", "creationTimestamp"),
            FieldPath.ofFields("metadata", "selfLink"),
            FieldPath.ofFields("metadata", "uid"),
            FieldPath.ofFields("metadata", "generation"),
            FieldPath.ofFields("metadata", "managedFields"),
            FieldPath.ofFields("metadata", "resourceVersion"));

    ResourceType {
        traits = Set.copyOf(traits);
    }

    static ResourceType of(
            String apiVersion, String kind, String plural, EnumSet<Trait> traits, String... mergedOtherwise) {
        int slash = apiVersion.indexOf('/');
        return new ResourceType(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind,
                plural,
                traits,
                Optional.empty(),
                FieldShape.of(List.of(mergedOtherwise)),
                FieldSet.of(SYSTEM_FIELDS),
                Optional.empty());
    }

    ResourceType withScale(String replicas, String statusReplicas, String selector) {
        return new ResourceType(
                group,
                version,
                kind,
                plural,
                traits,
                Optional.of(new ScalePaths(replicas, statusReplicas, selector)),
                shape,
                unowned,
                schema);
    }

    ResourceType withSchema(Schema declared) {
        return new ResourceType(group, version, kind, plural, traits, scale, shape, unowned, Optional.of(declared));
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code rollouts.argoproj.io "web"}, as messages name an object. */
    String quoted(String name) {
        return qualifiedPlural() + " \"" + name + "\"";
    }

    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceType type
                && type.group.equals(group)
                && type.version.equals(version)
                && type.plural.equals(plural);
    }

    @Override
    public int hashCode() {
        return (group + "/" + version + "/" + plural).hashCode();
    }

    @Override
    public String toString() {
        return apiVersion() + "/" + plural;
    }
}
