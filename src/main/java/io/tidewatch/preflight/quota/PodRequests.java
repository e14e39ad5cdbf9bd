package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.PodNeeds;
import java.util.List;
import java.util.Set;

/** Compares what pods of one namespace request. */
public final class PodRequests {

    private PodRequests() {}

    /**
     * Whether one pod requests no less than another of each of these resources, and the other requests each of them. False where the
     * numbers of either are not known.
     *
     * @param ranges of the namespace, whose defaults count
     */
    public static boolean areNoLess(PodNeeds one, PodNeeds other, Set<String> resources, List<LimitRangeView> ranges) {
        if (one.incomputable().isPresent() || other.incomputable().isPresent()) {
            return false;
        }
        PodUsage mine = PodUsage.of(AdmittedPod.of(one, ranges));
        PodUsage theirs = PodUsage.of(AdmittedPod.of(other, ranges));
        return resources.stream()
                .map(resource -> "requests." + resource)
                .allMatch(request ->
                        theirs.of(request).signum() > 0 && mine.of(request).compareTo(theirs.of(request)) >= 0);
    }
}
