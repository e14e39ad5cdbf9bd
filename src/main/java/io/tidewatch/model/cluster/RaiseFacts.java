package io.tidewatch.model.cluster;

/** What is known of namespaces only while they have a raise in its preflight. */
public record RaiseFacts(Quotas quotas, FailedSchedulings failedSchedulings) {

    /** Nothing is known of any namespace. */
    public static final RaiseFacts NONE = new RaiseFacts(Quotas.NONE, FailedSchedulings.NONE);
}
