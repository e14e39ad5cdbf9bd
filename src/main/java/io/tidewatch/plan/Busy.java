package io.tidewatch.plan;

import io.tidewatch.plan.Lane.Line;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The places for requests under way, by namespace and source.
 *
 * <p>While others wait, a namespace holds a quarter at most and a source half. While nobody else waits, the limits are half and three
 * quarters, so that a newcomer finds a place. Where there is one source there is no newcomer, and it may hold all. Slow namespaces together hold half at most, because nobody knows when their
 * requests end.
 *
 * @param places how many requests may be under way at one time; at least one
 * @param sources how many sources there are
 * @param slow namespaces whose requests are not answered in time
 */
public record Busy(
        int places, int sources, Map<String, Integer> byNamespace, Map<String, Integer> bySource, Set<String> slow) {

    public Busy {
        byNamespace = Map.copyOf(byNamespace);
        bySource = Map.copyOf(bySource);
        slow = Set.copyOf(slow);
    }

    /** @param underWay one for each request that is under way */
    public static Busy of(int places, int sources, Collection<Line> underWay, Set<String> slow) {
        Map<String, Integer> byNamespace = new HashMap<>();
        Map<String, Integer> bySource = new HashMap<>();
        for (Line line : underWay) {
            byNamespace.merge(line.namespace(), 1, Integer::sum);
            bySource.merge(line.source(), 1, Integer::sum);
        }
        return new Busy(places, sources, byNamespace, bySource, slow);
    }

    private int quarter() {
        return Math.max(1, places / 4);
    }

    private int half() {
        return Math.max(1, places / 2);
    }

    /** All but a quarter, unless there is no other source; of fewer than four places nothing can be kept free. */
    private int mostOfOne() {
        return sources > 1 ? places - places / 4 : places;
    }

    boolean isFull() {
        return byNamespace.values().stream().mapToInt(Integer::intValue).sum() >= places;
    }

    /**
     * Whether one more request may be sent from this line.
     *
     * @param otherNamespaces whether another namespace waits
     * @param otherSources whether another source waits
     */
    boolean hasPlaceFor(Line line, boolean otherNamespaces, boolean otherSources) {
        boolean isSlow = slow.contains(line.namespace());
        int namespace = otherNamespaces ? quarter() : half();
        int source = otherSources ? half() : mostOfOne();
        return byNamespace.getOrDefault(line.namespace(), 0) < namespace
                && bySource.getOrDefault(line.source(), 0) < source
                && (!isSlow || heldBySlow() < half());
    }

    private int heldBySlow() {
        return slow.stream()
                .mapToInt(namespace -> byNamespace.getOrDefault(namespace, 0))
                .sum();
    }
}
