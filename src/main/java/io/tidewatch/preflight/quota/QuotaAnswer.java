package io.tidewatch.preflight.quota;

import java.math.BigDecimal;

/** What one ResourceQuota means for pods that are to be created. */
public sealed interface QuotaAnswer {

    /** The quota's name. */
    String quota();

    /** There is room for all pods, or the quota does not count them. */
    record Room(String quota) implements QuotaAnswer {}

    /**
     * There is room for fewer pods.
     *
     * @param resource the resource that runs out first, by its name in the quota
     * @param needed by all pods together
     * @param pods for how many there is room
     * @param wanted how many are to be created
     */
    record TooLittle(
            String quota, String resource, BigDecimal hard, BigDecimal used, BigDecimal needed, int pods, int wanted)
            implements QuotaAnswer {}

    /**
     * Each pod is rejected, because a container names no amount of a resource that the quota counts.
     *
     * @param resource as the quota names it
     */
    record Unnamed(String quota, String resource, String container) implements QuotaAnswer {}

    /** @param why the numbers cannot be computed */
    record Incomputable(String quota, String why) implements QuotaAnswer {}
}
