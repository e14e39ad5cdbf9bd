package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HPA's own rescales, by its Events SuccessfulRescale.
 *
 * <p>An HPA sets the same size twice only if spec.replicas was changed in between, by itself (an Event of another size) or by
 * another writer. kube-controller-manager drops Events above one in five minutes, so there may have been more rescales.
 *
 * @param count how many
 * @param first the oldest of their times
 * @param last the newest of their times
 */
public record Rescales(int count, Instant first, Instant last) {

    /** Rescales that are farther apart on the average do not count as repeated. */
    static final Duration PACE = Duration.ofMinutes(15);

    /** Fewer rescales to the same size prove nothing. */
    static final int LEAST = 3;

    /** How many rescales to another size one Event of such a rescale stands for at most: the others may have been dropped. */
    private static final long DROPPED = 4;

    private static final String REASON = "SuccessfulRescale";
    private static final Pattern SIZE = Pattern.compile("New size: (\\d{1,9})\\b.*", Pattern.DOTALL);

    /**
     * The rescales that another writer must have undone.
     *
     * @param desired what the HPA desires now
     * @return absent where the Events do not prove that somebody else changed spec.replicas between two rescales
     */
    static Optional<Rescales> repeated(Chain chain, HpaView hpa, int desired) {
        List<EventView> events = chain.input().seen().events();
        if (events.isEmpty()) {
            return Optional.empty();
        }
        List<EventView> all = events.stream()
                .filter(event ->
                        event.reason().equals(REASON) && event.involvedKind().equals("HorizontalPodAutoscaler"))
                .filter(event -> event.involvedName().equals(hpa.meta().name()))
                .filter(event -> sizeOf(event).isPresent())
                .toList();
        List<EventView> toDesired = new ArrayList<>();
        List<EventView> toOthers = new ArrayList<>();
        all.forEach(event -> (sizeOf(event).getAsInt() == desired ? toDesired : toOthers).add(event));
        if (count(toDesired) >= LEAST + DROPPED * count(toOthers)) {
            return of(toDesired).filter(found -> found.lasts(asOf(chain, desired)));
        }
        boolean neverToPresent = desired > chain.replicas()
                && all.stream().allMatch(event -> sizeOf(event).getAsInt() > chain.replicas())
                && all.stream().anyMatch(event -> event.count() >= LEAST);
        return neverToPresent ? of(all).filter(found -> found.lasts(asOf(chain, desired))) : Optional.empty();
    }

    /**
     * While the workload does not have the HPA's number, the dump itself shows that it goes on, however much later the dump is read. Where
     * it has the number, rescales must be recent.
     */
    private static Moment asOf(Chain chain, int desired) {
        return chain.replicas() == desired ? chain.input().now() : chain.asOf();
    }

    private static Optional<Rescales> of(List<EventView> events) {
        Optional<Instant> first =
                events.stream().flatMap(event -> event.first().stream()).min(Instant::compareTo);
        Optional<Instant> last =
                events.stream().flatMap(event -> event.last().stream()).max(Instant::compareTo);
        return first.flatMap(from -> last.map(to -> new Rescales(count(events), from, to)));
    }

    /** One after the other until now. */
    private boolean lasts(Moment now) {
        Duration between = Duration.between(first, last).dividedBy(Math.max(1, count - 1));
        return between.compareTo(PACE) <= 0 && !now.minus(PACE).isAfter(last) && !last.equals(first);
    }

    private static int count(List<EventView> events) {
        long count = events.stream().mapToLong(EventView::count).sum();
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static OptionalInt sizeOf(EventView event) {
        Matcher size = SIZE.matcher(event.message());
        return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
    }
}
