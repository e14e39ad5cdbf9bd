package io.tidewatch.night;

import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Strikes at random, seeded moments, each request with what it has met least so far. What was struck twice in a row passes
 * the next time: an outage that never ends has no end to compare.
 */
final class BadWeather implements Weather {

    /** Everything that can happen, before the server has seen a request and after it has answered. */
    private static final List<Strike> ALL = List.of(
            new Strike(true, Fate.late(Duration.ofMillis(800))),
            new Strike(true, Fate.of(Fate.Kind.CUT)),
            new Strike(true, Fate.of(Fate.Kind.RESET)),
            new Strike(true, Fate.tooManyRequests(Duration.ofSeconds(1))),
            new Strike(true, Fate.answer(500)),
            new Strike(true, Fate.answer(503)),
            new Strike(false, Fate.late(Duration.ofMillis(800))),
            new Strike(false, Fate.of(Fate.Kind.CUT)),
            new Strike(false, Fate.of(Fate.Kind.RESET)),
            new Strike(false, Fate.of(Fate.Kind.HALF)),
            new Strike(false, Fate.drip(Duration.ofMillis(40))),
            new Strike(false, Fate.answer(500)));

    private static final int IN_A_ROW = 2;

    private final SplittableRandom random;
    private final double share;
    private final SortedMap<String, Map<Strike, Integer>> struck = new TreeMap<>();
    private final Map<String, Integer> row = new HashMap<>();
    private final Map<Integer, Strike> chosen = new HashMap<>();
    private int refusing;

    /** One thing that can happen. */
    record Strike(boolean before, Fate fate) {

        @Override
        public String toString() {
            return (before ? "before: " : "after: ") + fate;
        }
    }

    /** @param share of the requests that are struck */
    BadWeather(long seed, double share) {
        this.random = new SplittableRandom(seed);
        this.share = share;
    }

    /** Request → what it met → how often. */
    synchronized SortedMap<String, Map<Strike, Integer>> struck() {
        return new TreeMap<>(struck);
    }

    /** An API server that is away: the next requests find nobody. */
    synchronized void refuseNext(int requests) {
        refusing = requests;
    }

    static int kinds() {
        return ALL.size();
    }

    @Override
    public synchronized Fate before(WireRequest request) {
        if (refusing > 0) {
            refusing--;
            return Fate.of(Fate.Kind.RESET);
        }
        String label = request.label();
        int key = System.identityHashCode(request);
        boolean strikes = random.nextDouble() < share && row.getOrDefault(label, 0) < IN_A_ROW;
        if (!strikes) {
            row.remove(label);
            return Fate.PASS;
        }
        row.merge(label, 1, Integer::sum);
        Map<Strike, Integer> met = struck.computeIfAbsent(label, any -> new HashMap<>());
        int from = random.nextInt(ALL.size());
        Strike strike = IntStream.range(0, ALL.size())
                .mapToObj(i -> ALL.get((from + i) % ALL.size()))
                .min(Comparator.comparingInt(one -> met.getOrDefault(one, 0)))
                .orElseThrow();
        met.merge(strike, 1, Integer::sum);
        if (strike.before()) {
            return strike.fate();
        }
        chosen.put(key, strike);
        return Fate.PASS;
    }

    @Override
    public synchronized Fate after(WireRequest request) {
        Strike strike = chosen.remove(System.identityHashCode(request));
        return strike == null ? Fate.PASS : strike.fate();
    }
}
