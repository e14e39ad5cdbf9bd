package io.tidewatch.model;

/** Identifies a Kubernetes object across its lives; two objects of one key may differ in uid. */
public record ObjectKey(String apiVersion, String kind, String namespace, String name) {

    /** As people read it: {@code Rollout shop/checkout}. */
    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
