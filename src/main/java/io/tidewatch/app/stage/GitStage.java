package io.tidewatch.app.stage;

import io.tidewatch.model.Checkout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Asks the sources that are due for a new commit. One that does not answer is asked again; its last good stays. */
public final class GitStage {

    private final List<Source> sources;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;
    private final BiConsumer<String, String> trouble;
    private final Map<String, Instant> due = new HashMap<>();
    private final Map<String, String> lastTrouble = new HashMap<>();

    /**
     * @param alarm told when to ask again
     * @param trouble told, once, of a source that does not answer: its name and why
     */
    public GitStage(
            List<Source> sources, Clock clock, Consumer<Set<Instant>> alarm, BiConsumer<String, String> trouble) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.alarm = alarm;
        this.trouble = trouble;
    }

    public synchronized List<Checkout> pull() {
        Instant now = clock.instant();
        List<Checkout> moved = new ArrayList<>();
        for (Source source : sources) {
            if (!now.isBefore(due.getOrDefault(source.name(), Instant.MIN))) {
                pull(source).ifPresent(moved::add);
                due.put(source.name(), clock.instant().plus(source.interval()));
            }
        }
        due.values().stream().min(Instant::compareTo).ifPresent(next -> alarm.accept(Set.of(next)));
        return moved;
    }

    private Optional<Checkout> pull(Source source) {
        try {
            Optional<Checkout> moved = source.remote().pull();
            lastTrouble.remove(source.name());
            return moved;
        } catch (RuntimeException unreachable) {
            String why = String.valueOf(unreachable.getMessage());
            if (!why.equals(lastTrouble.put(source.name(), why))) {
                trouble.accept(source.name(), why);
            }
            return Optional.empty();
        }
    }

    /** A source and how often it is asked. */
    public record Source(String name, Duration interval, Remote remote) {}

    /** What a pull asks. */
    @FunctionalInterface
    public interface Remote {

        /**
         * @return empty when the ref has not moved
         * @throws RuntimeException whose message says in one line why it could not be asked
         */
        Optional<Checkout> pull();
    }
}
