package io.tidewatch.app.stage;

import io.tidewatch.git.GitException;
import io.tidewatch.model.Checkout;
import io.tidewatch.model.SourceHealth;
import io.tidewatch.report.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources that are due for a new commit. One that does not answer is asked again after 5 s, later and later, up
 * to its interval; its last good stays. One that refuses the login is asked ever less often than its interval, up to every
 * 15 minutes, for a host may lock out who insists.
 */
public final class GitStage {

    private static final Logger log = LoggerFactory.getLogger(GitStage.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 10;

    private final List<Source> sources;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;
    private final BiConsumer<String, String> said;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastAsked = new ConcurrentHashMap<>();
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

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

    /**
     * What is known of each source; never waits for a pull.
     *
     * @param inForce by source's name: the commit whose definitions count
     */
    public List<SourceHealth> health(Function<String, Optional<String>> inForce) {
        return sources.stream()
                .map(source -> new SourceHealth(
                        source.name(),
                        Optional.ofNullable(lastAsked.get(source.name())),
                        due.getOrDefault(source.name(), clock.instant()),
                        Optional.ofNullable(seen.get(source.name())),
                        inForce.apply(source.name()),
                        Optional.ofNullable(troubles.get(source.name())).map(Trouble::why)))
                .toList();
    }

    /** Where it was asked at an instant that is still to come, the clock was set back since. */
    private boolean isDue(Source source, Instant now) {
        return !now.isBefore(due.getOrDefault(source.name(), Instant.MIN))
                || now.isBefore(lastAsked.getOrDefault(source.name(), Instant.MIN));
    }

    public synchronized List<Checkout> pull() {
        Instant now = clock.instant();
        List<Source> asked =
                sources.stream().filter(source -> isDue(source, now)).toList();
        List<Checkout> moved = new ArrayList<>();
        // Armed before anything can go wrong: whatever becomes of these pulls, others follow.
        asked.forEach(source -> again(source, source.interval()));
        arm();
        for (Source source : asked) {
            pull(source).ifPresent(moved::add);
            arm();
        }
        return moved;
    }

    private void arm() {
        due.values().stream().min(Instant::compareTo).ifPresent(next -> alarm.accept(Set.of(next)));
    }

    private Optional<Checkout> pull(Source source) {
        lastAsked.put(source.name(), clock.instant());
        try {
            Optional<Checkout> moved = source.remote().pull();
            moved.ifPresent(
                    checkout -> seen.put(source.name(), checkout.commit().id()));
            again(source, source.interval());
            Trouble over = troubles.remove(source.name());
            if (over != null) {
                Duration lasted = Duration.between(over.since(), clock.instant());
                say(source, "answers again after " + Durations.words(lasted));
            }
            return moved;
        } catch (Throwable failed) {
            meet(source, failed);
            return Optional.empty();
        }
    }

    private void meet(Source source, Throwable failed) {
        String why = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        Trouble before = troubles.get(source.name());
        Trouble now = new Trouble(
                before == null ? clock.instant() : before.since(), why, before == null ? 1 : before.attempts() + 1);
        troubles.put(source.name(), now);
        again(source, pause(source, failed, now.attempts()));
        if (before == null || !why.equals(before.why())) {
            say(source, why + "; trying again");
        }
    }

    /** Where nothing can be written down, the pulls go on all the same. */
    private void say(Source source, String words) {
        try {
            said.accept(source.name(), words);
        } catch (RuntimeException unsaid) {
            log.warn("source {}: {} (not in the diary: {})", source.name(), words, unsaid.getMessage());
        }
    }

    private static Duration pause(Source source, Throwable failed, int attempts) {
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
