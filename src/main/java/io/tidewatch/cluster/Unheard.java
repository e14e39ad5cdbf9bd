package io.tidewatch.cluster;

import io.tidewatch.cluster.Watched.Collection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The watches that do not get through, and since when. One that was given up is forgotten after a while; one that came
 * through is remembered for a moment, for it hears of the meantime first.
 */
final class Unheard {

    /** A watch tries again every half minute at least; one that does not any more has been given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    /** What happened meanwhile comes within this once a watch is through. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(2);

    private final Duration hiccup;
    private final Map<Watched, Attempts> failing = new HashMap<>();

    /** @param hiccup for how long it is not worth a word */
    Unheard(Duration hiccup) {
        this.hiccup = hiccup;
    }

    /**
     * How an attempt failed.
     *
     * @param code what was answered; 0: nothing
     */
    record Failure(int code, Throwable why) {

        private static final int TOO_MANY = 429;
        private static final int SERVER_ERRORS = 500;

        /** Whether nobody was there to answer, rather than somebody who refused what was asked for. */
        boolean isSilence() {
            return code == 0 || code == TOO_MANY || code >= SERVER_ERRORS;
        }
    }

    /**
     * @param since the first that failed
     * @param alike since when they fail as the latest one did: a silence is not as old as a refusal before it
     * @param last the latest that failed
     * @param through when one was through again; absent: none was
     */
    private record Attempts(Instant since, Instant alike, Instant last, Failure failure, Optional<Instant> through) {

        Attempts then(Attempts next, Duration hiccup) {
            return isOver(next.since())
                    ? next
                    : new Attempts(since, alike(next, hiccup), next.last(), next.failure(), Optional.empty());
        }

        /** A refusal for no longer than a hiccup does not end the silence around it. */
        private Instant alike(Attempts next, Duration hiccup) {
            if (failure.isSilence() == next.failure().isSilence()) {
                return alike;
            }
            boolean isShort = next.since().isBefore(alike.plus(hiccup));
            return next.failure().isSilence() && isShort ? since : next.since();
        }

        Attempts through(Instant now) {
            return new Attempts(since, alike, last, failure, through.or(() -> Optional.of(now)));
        }

        boolean isOver(Instant now) {
            return through.map(at -> !now.isBefore(at.plus(CATCHING_UP)))
                    .orElseGet(() -> last.plus(GIVEN_UP).isBefore(now));
        }

        boolean isFailing() {
            return through.isEmpty();
        }

        boolean lasts(Instant now, Duration hiccup) {
            return isFailing() && !now.isBefore(alike.plus(hiccup));
        }
    }

    void failed(Watched watch, Failure failure, Instant now) {
        failing.merge(
                watch,
                new Attempts(now, now, now, failure, Optional.empty()),
                (known, next) -> known.then(next, hiccup));
    }

    void through(Watched watch, Instant now) {
        failing.computeIfPresent(watch, (key, known) -> known.through(now));
    }

    void forget(Collection collection) {
        failing.keySet().removeIf(watch -> watch.isOf(collection));
    }

    void forgetWhatIsOver(Instant now) {
        failing.values().removeIf(one -> one.isOver(now));
    }

    /** Why the API server is taken for silent: a watch has met silence for longer than a hiccup. */
    Optional<Throwable> silence(Instant now) {
        return failing.values().stream()
                .filter(one -> one.failure().isSilence() && one.lasts(now, hiccup))
                .map(one -> one.failure().why())
                .findFirst();
    }

    /** Whether a watch still meets silence, or a refusal that may be a server's that has just started. */
    boolean waitsForTheServer(Instant now) {
        return failing.values().stream()
                .anyMatch(one -> one.isFailing() && (one.failure().isSilence() || !one.lasts(now, hiccup)));
    }

    boolean isEveryWatchThrough() {
        return failing.values().stream().noneMatch(Attempts::isFailing);
    }

    /** What has been refused for longer than a hiccup, with the answer's code. */
    Stream<Map.Entry<Watched, Integer>> refused(Instant now) {
        return failing.entrySet().stream()
                .filter(one ->
                        !one.getValue().failure().isSilence() && one.getValue().lasts(now, hiccup))
                .map(one -> Map.entry(one.getKey(), one.getValue().failure().code()));
    }

    /**
     * Until when all that happened is known for certain; absent while every watch hears what happens. One that fails for
     * longer than a hiccup is not waited for: what it hides is said to be missing.
     */
    Optional<Instant> heardUntil(Instant now) {
        return failing.values().stream()
                .filter(one -> !one.isOver(now) && !one.lasts(now, hiccup))
                .map(Attempts::since)
                .min(Comparator.naturalOrder());
    }
}
