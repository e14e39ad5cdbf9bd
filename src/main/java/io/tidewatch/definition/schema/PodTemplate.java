package io.tidewatch.definition.schema;

/** What Kubernetes takes in a pod template; made of the model of fabric8's client. */
final class PodTemplate {

    private static final FieldTable TABLE = FieldTable.load(Schemas.KUBERNETES, "pod-template");

    private static final Type LIMITED =
            FieldTable.limited(Schemas.KUBERNETES, "pod-template").object("template");

    /** The template itself. */
    static final Type TYPE = TABLE.object("template");

    /** The metadata of a template, and of every other object. */
    static final Type.ObjectAt METADATA = TABLE.object("ObjectMeta");

    private PodTemplate() {}

    /** The template in an object of a table: Kubernetes demands more of its own kinds than of a Rollout, which it does not know. */
    static Type in(FieldTable table) {
        return table.product().equals(Schemas.KUBERNETES) ? LIMITED : TYPE;
    }
}
