package io.tidewatch.playground.sim;

/** The versions of the Argo Rollouts controller that recordings exist of. */
public enum RolloutsVersion {
    /** Can overwrite a newer ReplicaSet in its cache with an older one: argo-rollouts#4047. */
    V1_7_2("v1.7.2"),
    /** Does not: it never writes a reply into its ReplicaSet cache. */
    V1_9_1("v1.9.1");

    private final String tag;

    RolloutsVersion(String tag) {
        this.tag = tag;
    }

    /** The image tag of the controller's Deployment. */
    public String tag() {
        return tag;
    }

    /** Whether the new ReplicaSet is created before anything else; v1.7.2 writes a canary's status first. */
    boolean createsReplicaSetFirst() {
        return this == V1_9_1;
    }

    /** v1.7.2 announces an update that begins with the revision after the one it has already written. */
    int announcedRevision(int written) {
        return this == V1_7_2 ? written + 1 : written;
    }
}
