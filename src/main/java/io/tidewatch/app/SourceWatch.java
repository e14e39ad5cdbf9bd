package io.tidewatch.app;

import io.tidewatch.loop.SelfIncidents;
import io.tidewatch.model.Durations;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches that each source is pulled at its interval. A source without a pull for {@link #INTERVALS} of its intervals is an
 * incident, which is resolved by the next pull. Time counts on the monotonic clock.
 */
final class SourceWatch {

    /** A source without a pull for this many of its intervals is an incident. */
    static final int INTERVALS = 3;

    private final Map<String, Duration> intervals;
    private final Supplier<List<SourceHealth>> sources;
    private final SelfIncidents incidents;
    private final Map<String, LastPull> lastPulls = new HashMap<>();

    /** The state of the sources when it was last read, by name. */
    private volatile Map<String, SourceHealth> known = Map.of();

    /** @param nanos when a check first found that the last pull was at {@code at} */
    private record LastPull(Optional<Instant> at, long nanos) {}

    /** @param intervals how often each source is pulled, by its name */
    SourceWatch(Map<String, Duration> intervals, Supplier<List<SourceHealth>> sources, SelfIncidents incidents) {
        this.intervals = Map.copyOf(intervals);
        this.sources = sources;
        this.incidents = incidents;
    }

    /** Reads the state of the sources. A pull may hold a lock that this waits for; until then the state before counts. */
    void read() {
        known = sources.get().stream().collect(Collectors.toUnmodifiableMap(SourceHealth::source, source -> source));
    }

    /**
     * Opens and resolves incidents by the state that was read last. Never waits.
     *
     * @param now and {@code since}: instants of the monotonic clock; only time after {@code since} counts
     * @return whether a source should have been pulled by now
     */
    boolean check(long now, long since) {
        boolean isLate = false;
        for (Map.Entry<String, Duration> source : intervals.entrySet()) {
            isLate |= isLate(source.getKey(), source.getValue(), now, since);
        }
        return isLate;
    }

    /** The time in which the process was frozen counts for no source. */
    void afterFreeze(long now) {
        lastPulls.replaceAll((source, last) -> new LastPull(last.at(), now));
    }

    private boolean isLate(String source, Duration interval, long now, long since) {
        @Nullable SourceHealth health = known.get(source);
        Optional<Instant> pulled = health == null ? Optional.empty() : health.lastAsked();
        Optional<String> trouble = health == null ? Optional.empty() : health.trouble();
        LastPull last = lastPulls.getOrDefault(source, new LastPull(pulled, since));
        if (!last.at().equals(pulled)) {
            last = new LastPull(pulled, now);
        }
        if (health != null) {
            lastPulls.put(source, last);
        }
        Duration unpulled = Watchdog.between(last.nanos(), now);
        String key = "source/" + source;
        if (unpulled.compareTo(interval.multipliedBy(INTERVALS)) > 0) {
            incidents.open(
                    key,
                    "source " + source + " has not been pulled for " + Durations.words(unpulled)
                            + trouble.map(why -> ": " + why).orElse(""));
        } else if (trouble.isEmpty() && pulled.isPresent()) {
            incidents.resolve(key, "source " + source + " is pulled again");
        }
        return unpulled.compareTo(interval) > 0;
    }
}
