package io.tidewatch.definition.schema;

/** What Kubernetes takes in a pod template; made of the model of fabric8's client. */
final class PodTemplate {

    private static final FieldTable TABLE = FieldTable.load("Kubernetes", "pod-template");

    /** The template itself. */
    static final Type TYPE = TABLE.object("template");

    /** The metadata of a template, and of every other object. */
    static final Type.ObjectAt METADATA = TABLE.object("ObjectMeta");

    private PodTemplate() {}
}
