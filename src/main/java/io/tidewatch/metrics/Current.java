package io.tidewatch.metrics;

import io.tidewatch.model.Severity;
import io.tidewatch.model.report.Standing;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What gauges are worked out of, as it is at the instant of a scrape.
 *
 * @param leads whether this replica writes
 * @param reports whether this replica reports: of several replicas the others export no states, edges and incidents
 * @param nextEdge when the desired minimum of any target changes next, as of the last pass
 * @param open the severities of the open incidents
 * @param oldest by receiver, when the oldest of the events happened that it has not accepted the message about
 * @param sources what is known of each source
 * @param heard by the plural of a kind, when the API server last sent something about it, in the namespace where that is longest ago
 */
public record Current(
        Standing standing,
        boolean leads,
        boolean reports,
        Optional<Instant> nextEdge,
        List<Severity> open,
        Map<String, Instant> oldest,
        List<SourceFigures> sources,
        SortedMap<String, Instant> heard) {

    public Current {
        open = List.copyOf(open);
        oldest = Map.copyOf(oldest);
        sources = List.copyOf(sources);
        heard = Collections.unmodifiableSortedMap(new TreeMap<>(heard));
    }

    /**
     * A source, as it is now.
     *
     * @param pulled when it was last asked and answered
     * @param committed when the commit in force was made
     * @param errors how many problems keep files of it from counting
     * @param warnings how many problems do not
     */
    public record SourceFigures(
            String source, Optional<Instant> pulled, Optional<Instant> committed, int errors, int warnings) {}
}
