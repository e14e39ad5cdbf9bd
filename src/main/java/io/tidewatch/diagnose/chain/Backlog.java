package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The minimums that KEDA has to carry on to their HPAs, each from its write until the HPA has it. Read from nothing but
 * live objects (our annotation says when we wrote, managedFields when KEDA did), so a restart in the middle of a burst
 * gives every target the same time as before.
 *
 * @param begun when each minimum was written, sorted
 * @param ended when the HPA had the minimum, of those that are done, sorted
 * @param unsent targets whose minimum has yet to be written, for no other reason than that others came first
 */
public record Backlog(List<Instant> begun, List<Instant> ended, Set<Target> unsent) {

    static final Backlog NONE = new Backlog(List.of(), List.of());

    /** managedFields carry whole seconds, rounded down. */
    private static final Duration TO_THE_SECOND = Duration.ofSeconds(1);

    public Backlog {
        begun = begun.stream().sorted().toList();
        ended = ended.stream().sorted().toList();
        unsent = Set.copyOf(unsent);
    }

    public Backlog(List<Instant> begun, List<Instant> ended) {
        this(begun, ended, Set.of());
    }

    public Backlog and(Set<Target> waiting) {
        return new Backlog(begun, ended, waiting);
    }

    public static Backlog of(Collection<Trace> traces) {
        List<Instant> begun = new ArrayList<>();
        List<Instant> ended = new ArrayList<>();
        traces.forEach(trace -> trace.carried().ifPresent(carried -> {
            begun.add(carried.begun());
            carried.ended().ifPresent(ended::add);
        }));
        return new Backlog(begun, ended);
    }

    /** One minimum, on its way to the HPA or arrived. */
    public record Carried(Instant begun, Optional<Instant> ended) {

        public static Optional<Carried> of(TargetObservation seen) {
            return seen.scaledObject().map(scaledObject -> {
                Instant from = writtenAt(scaledObject);
                return new Carried(
                        from,
                        seen.hpa()
                                .filter(hpa -> hpa.minReplicas() == minimum(scaledObject))
                                .map(hpa -> changedAt(hpa).orElse(from))
                                .map(at -> at.isBefore(from) ? from : at.plus(TO_THE_SECOND)));
            });
        }
    }

    /** How many ScaledObjects' HPAs were still behind at an instant, those included that were written then. */
    public int at(Instant instant) {
        return upTo(begun, instant) - before(ended, instant);
    }

    private static int upTo(List<Instant> sorted, Instant instant) {
        return before(sorted, instant.plusNanos(1));
    }

    private static int before(List<Instant> sorted, Instant instant) {
        int found = Collections.binarySearch(sorted, instant);
        int place = found < 0 ? -found - 1 : found;
        while (place > 0 && sorted.get(place - 1).equals(instant)) {
            place--;
        }
        return place;
    }

    private static int minimum(ScaledObjectView scaledObject) {
        return Math.max(1, scaledObject.bounds().min());
    }

    /** When the minimum was written: by Tidewatch, else by the last writer, else when it was observed. */
    private static Instant writtenAt(ScaledObjectView scaledObject) {
        return appliedAt(scaledObject)
                .or(() -> newest(scaledObject.meta().writers().stream().filter(FieldWriter::ownsMinimum)))
                .orElse(scaledObject.meta().seenAt());
    }

    private static Optional<Instant> appliedAt(ScaledObjectView scaledObject) {
        return new OwnRecord(scaledObject.meta()).appliedAt();
    }

    private static Optional<Instant> changedAt(HpaView hpa) {
        return newest(hpa.meta().writers().stream()
                .filter(writer -> writer.subresource().isEmpty()));
    }

    private static Optional<Instant> newest(Stream<FieldWriter> writers) {
        return writers.flatMap(writer -> writer.time().stream()).max(Instant::compareTo);
    }
}
