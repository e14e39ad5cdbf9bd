package io.tidewatch.app.stage;

import io.tidewatch.git.GitException;
import io.tidewatch.model.Checkout;
import io.tidewatch.report.Durations;
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

/**
 * Asks the sources that are due for a new commit. One that does not answer is asked again after 5 s, later and later, up
 * to its interval; its last good stays. One that refuses the login is asked ever less often than its interval, up to every
 * 15 minutes, for a host may lock out who insists.
 */
public final class GitStage {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 10;

    private final List<Source> sources;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;
    private final BiConsumer<String, String> said;
    private final Map<String, Instant> due = new HashMap<>();
    private final Map<String, Trouble> troubles = new HashMap<>();

    /** @param why what was said last */
    private record Trouble(Instant since, String why, int attempts) {}

    /**
     * @param alarm told when to ask again
     * @param said told, once, of a source that does not answer, and that it does again: its name and the words
     */
    public GitStage(List<Source> sources, Clock clock, Consumer<Set<Instant>> alarm, BiConsumer<String, String> said) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.alarm = alarm;
        this.said = said;
    }

    public synchronized List<Checkout> pull() {
        Instant now = clock.instant();
        List<Checkout> moved = new ArrayList<>();
        for (Source source : sources) {
            if (!now.isBefore(due.getOrDefault(source.name(), Instant.MIN))) {
                pull(source).ifPresent(moved::add);
            }
        }
        due.values().stream().min(Instant::compareTo).ifPresent(next -> alarm.accept(Set.of(next)));
        return moved;
    }

    private Optional<Checkout> pull(Source source) {
        try {
            Optional<Checkout> moved = source.remote().pull();
            again(source, source.interval());
            Trouble over = troubles.remove(source.name());
            if (over != null) {
                Duration lasted = Duration.between(over.since(), clock.instant());
                said.accept(source.name(), "answers again after " + Durations.words(lasted));
            }
            return moved;
        } catch (RuntimeException failed) {
            meet(source, failed);
            return Optional.empty();
        }
    }

    private void meet(Source source, RuntimeException failed) {
        String why = String.valueOf(failed.getMessage());
        Trouble before = troubles.get(source.name());
        Trouble now = new Trouble(
                before == null ? clock.instant() : before.since(), why, before == null ? 1 : before.attempts() + 1);
        troubles.put(source.name(), now);
        again(source, pause(source, failed, now.attempts()));
        if (before == null || !why.equals(before.why())) {
            said.accept(source.name(), why + "; trying again");
        }
    }

    private static Duration pause(Source source, RuntimeException failed, int attempts) {
        boolean refused = failed instanceof GitException.AuthenticationFailed;
        long factor = 1L << Math.min(attempts - 1, DOUBLINGS);
        return refused
                ? shorter(source.interval().multipliedBy(factor), longer(LONGEST_PAUSE, source.interval()))
                : shorter(FIRST_PAUSE.multipliedBy(factor), source.interval());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private void again(Source source, Duration pause) {
        due.put(source.name(), clock.instant().plus(pause));
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
