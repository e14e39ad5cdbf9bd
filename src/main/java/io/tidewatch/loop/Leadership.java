package io.tidewatch.loop;

/**
 * Whether this replica leads: of several replicas of one instance, only the leader writes to the cluster, keeps the diary and sends
 * messages. All others run the same passes, so that each of them can lead at any moment.
 */
@FunctionalInterface
public interface Leadership {

    /** A process that is alone. */
    Leadership ALONE = () -> true;

    boolean leads();
}
