package io.tidewatch.definition.schema;

/** What Kubernetes takes in a pod template; made of the model of fabric8's client. */
final class PodTemplate {

    /** The template itself. */
    static final Type TYPE = FieldTable.load("Kubernetes", "pod-template").object("template");

    private PodTemplate() {}
}
