package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.plan.Lane.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose turn it is: shares, round robin, places; by examples, and by seeded crowds in which all rules must hold. */
class TurnsTest {

    private static final int PLACES = 8;

    private static Line raise(String source, String namespace) {
        return new Line(Urgency.RAISE, source, namespace);
    }

    @Test
    void raisesGoFirstAndEveryOtherClassGetsItsShare() {
        Map<Urgency, Integer> given = new EnumMap<>(Urgency.class);
        Turns turns = Turns.NONE;
        Set<Line> waiting = Set.of(
                raise("a", "one"),
                new Line(Urgency.LOWERING, "a", "one"),
                new Line(Urgency.REMEDY, "a", "one"),
                new Line(Urgency.MANIFEST, "a", "one"));
        List<Urgency> order = new ArrayList<>();
        turns = turns.among(waiting);
        for (int turn = 0; turn < 80; turn++) {
            Turns.Next next = turns.next(waiting, free()).orElseThrow();
            given.merge(next.line().urgency(), 1, Integer::sum);
            order.add(next.line().urgency());
            turns = next.after();
        }

        assertThat(order.subList(0, Urgency.SHARE - 1)).containsOnly(Urgency.RAISE);
        assertThat(given.get(Urgency.RAISE)).isGreaterThanOrEqualTo(45);
        assertThat(given).containsOnlyKeys(Urgency.values());
        assertThat(given.values()).allMatch(count -> count >= 80 / Urgency.SHARE - 1);
    }

    @Test
    void aClassThatBeginsToWaitDoesNotJumpAhead() {
        Turns turns = Turns.NONE;
        for (int turn = 0; turn < 100; turn++) {
            turns = turns.next(Set.of(raise("a", "one")), free()).orElseThrow().after();
        }
        Set<Line> both = Set.of(raise("a", "one"), new Line(Urgency.MANIFEST, "a", "one"));

        assertThat(turns.next(both, free()).orElseThrow().line().urgency()).isEqualTo(Urgency.RAISE);
    }

    @Test
    void turnsRotateOverSourcesThenNamespaces() {
        Set<Line> waiting = Set.of(raise("a", "a1"), raise("a", "a2"), raise("a", "a3"), raise("b", "b1"));
        List<String> given = new ArrayList<>();
        Turns turns = Turns.NONE;
        for (int turn = 0; turn < 8; turn++) {
            Turns.Next next = turns.next(waiting, free()).orElseThrow();
            given.add(next.line().namespace());
            turns = next.after();
        }

        assertThat(given).containsExactly("a1", "b1", "a2", "b1", "a3", "b1", "a1", "b1");
    }

    @Test
    void aNamespaceHoldsAQuarterWhileOthersWaitAndElseHalf() {
        Set<Line> both = Set.of(raise("a", "one"), raise("b", "two"));
        Set<Line> alone = Set.of(raise("a", "one"));

        assertThat(first(both, busy(2, raise("a", "one")))).contains("two");
        assertThat(first(alone, busy(3, raise("a", "one")))).contains("one");
        assertThat(first(alone, busy(4, raise("a", "one")))).isEmpty();
        assertThat(first(Set.of(raise("a", "two")), busy(4, raise("a", "one")))).contains("two");
    }

    @Test
    void aSourceHoldsHalfWhileOthersWaitAndElseThreeQuarters() {
        List<Line> held = List.of(raise("a", "a1"), raise("a", "a1"), raise("a", "a2"), raise("a", "a2"));
        Set<Line> waiting = Set.of(raise("a", "a3"), raise("b", "b1"));

        assertThat(first(waiting, Busy.of(PLACES, 2, held, Set.of()))).contains("b1");
        assertThat(first(Set.of(raise("a", "a3")), Busy.of(PLACES, 2, held, Set.of())))
                .contains("a3");
        assertThat(first(Set.of(raise("a", "a3")), busy(6, raise("a", "a1")))).isEmpty();
        assertThat(first(Set.of(raise("b", "b1")), busy(6, raise("a", "a1")))).contains("b1");
    }

    /** Nobody else could take the places that it would leave. */
    @Test
    void theOnlySourceThereIsHoldsAll() {
        List<Line> six = List.of(
                raise("a", "a1"),
                raise("a", "a1"),
                raise("a", "a2"),
                raise("a", "a2"),
                raise("a", "a3"),
                raise("a", "a3"));

        assertThat(first(Set.of(raise("a", "a4")), Busy.of(PLACES, 1, six, Set.of())))
                .contains("a4");
        assertThat(first(Set.of(raise("a", "a4")), Busy.of(PLACES, 2, six, Set.of())))
                .isEmpty();
    }

    /** Many namespaces of many sources hang: whoever does not hang finds a place all the same. */
    @Test
    void slowNamespacesTogetherHoldHalf() {
        List<Line> held = List.of(raise("a", "a1"), raise("b", "b1"), raise("c", "c1"), raise("d", "d1"));
        Busy busy = Busy.of(PLACES, 2, held, Set.of("a1", "b1", "c1", "d1", "e1"));

        assertThat(first(Set.of(raise("e", "e1")), busy)).isEmpty();
        assertThat(first(Set.of(raise("e", "e1"), raise("f", "f1")), busy)).contains("f1");
    }

    @Test
    void onePlaceIsEnoughForEverybody() {
        Set<Line> waiting = Set.of(raise("a", "one"), raise("b", "two"));
        Busy one = Busy.of(1, 2, List.of(), Set.of("one"));
        Turns.Next next = Turns.NONE.next(waiting, one).orElseThrow();

        assertThat(next.after().next(waiting, one).orElseThrow().line()).isNotEqualTo(next.line());
        assertThat(Turns.NONE.next(waiting, Busy.of(1, 2, List.of(raise("a", "one")), Set.of())))
                .isEmpty();
    }

    /** What is known stays as small as what waits. */
    @Test
    void whoeverWaitsNoMoreIsForgotten() {
        Turns turns = Turns.NONE;
        for (int namespace = 0; namespace < 100; namespace++) {
            Set<Line> waiting = Set.of(raise("a", "n" + namespace));
            turns = turns.among(waiting).next(waiting, free()).orElseThrow().after();
        }

        assertThat(turns.namespaces()).hasSize(1);
        assertThat(turns.sources()).hasSize(1);
    }

    /**
     * Crowds of all sizes, some of which hang, played step by step: the limits hold at each step, a place that may be taken
     * is taken, and nobody waits for more turns than a round of all who wait can take.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void inEveryCrowdAllLimitsHoldAndNobodyStarves(long seed) {
        Random random = new Random(seed);
        int places = 1 + random.nextInt(16);
        Map<Line, Integer> waiting = crowd(random);
        List<Line> underWay = new ArrayList<>();
        Map<Line, Integer> passedOver = new HashMap<>();
        Turns turns = Turns.NONE;
        for (int step = 0; step < 2_000; step++) {
            Set<String> slow = slow(random, waiting);
            Busy busy = Busy.of(places, 2, underWay, slow);
            Set<Line> lines = Set.copyOf(waiting.keySet());
            Optional<Turns.Next> next = turns.next(lines, busy);
            List<Line> open = open(lines, busy);
            assertThat(next.isPresent())
                    .as("seed %d, step %d: a place that may be taken is taken", seed, step)
                    .isEqualTo(!open.isEmpty());
            if (next.isPresent()) {
                Line chosen = next.get().line();
                assertThat(open).contains(chosen);
                turns = next.get().after();
                underWay.add(chosen);
                waiting.computeIfPresent(chosen, (line, count) -> count > 1 ? count - 1 : null);
                open.forEach(line -> passedOver.merge(line, 1, Integer::sum));
                passedOver.remove(chosen);
                passedOver.keySet().retainAll(waiting.keySet());
                assertThat(passedOver.values())
                        .as("seed %d, step %d: nobody starves", seed, step)
                        .allMatch(turnsOfOthers -> turnsOfOthers <= PATIENCE);
            }
            if (!underWay.isEmpty() && (next.isEmpty() || random.nextInt(3) == 0)) {
                underWay.remove(random.nextInt(underWay.size()));
            }
            if (random.nextInt(4) == 0) {
                Line line = line(random);
                waiting.merge(line, 1 + random.nextInt(3), Integer::sum);
            }
        }
    }

    /** A class gets one of so many turns at least; in it every line has its turn after all others of it at the latest. */
    private static final int PATIENCE = (Urgency.SHARE + Urgency.values().length) * 3 * 4 * 2;

    private static final int SOURCES = 3;
    private static final int NAMESPACES = 4;

    private static Line line(Random random) {
        int source = random.nextInt(SOURCES);
        return new Line(
                Urgency.values()[random.nextInt(Urgency.values().length)],
                "s" + source,
                "s" + source + "-" + random.nextInt(NAMESPACES));
    }

    private static Map<Line, Integer> crowd(Random random) {
        Map<Line, Integer> crowd = new TreeMap<>(
                Comparator.comparing(Line::urgency).thenComparing(Line::source).thenComparing(Line::namespace));
        for (int i = random.nextInt(40); i >= 0; i--) {
            crowd.merge(line(random), 1 + random.nextInt(60), Integer::sum);
        }
        return crowd;
    }

    private static Set<String> slow(Random random, Map<Line, Integer> waiting) {
        return random.nextInt(4) > 0
                ? Set.of()
                : waiting.keySet().stream()
                        .map(Line::namespace)
                        .filter(namespace -> random.nextInt(3) == 0)
                        .collect(Collectors.toSet());
    }

    /** The limits, said once more and otherwise. */
    private static List<Line> open(Set<Line> lines, Busy busy) {
        int held = busy.byNamespace().values().stream().mapToInt(count -> count).sum();
        int heldBySlow = busy.slow().stream()
                .mapToInt(namespace -> busy.byNamespace().getOrDefault(namespace, 0))
                .sum();
        boolean others = lines.stream().map(Line::namespace).distinct().count() > 1;
        boolean otherSources = lines.stream().map(Line::source).distinct().count() > 1;
        int quarter = Math.max(1, busy.places() / 4);
        int half = Math.max(1, busy.places() / 2);
        int threeQuarters = busy.places() < 4 ? busy.places() : busy.places() - quarter;
        return lines.stream()
                .filter(line -> held < busy.places())
                .filter(line -> busy.byNamespace().getOrDefault(line.namespace(), 0) < (others ? quarter : half))
                .filter(line -> busy.bySource().getOrDefault(line.source(), 0) < (otherSources ? half : threeQuarters))
                .filter(line -> !busy.slow().contains(line.namespace()) || heldBySlow < half)
                .toList();
    }

    private static Optional<String> first(Set<Line> waiting, Busy busy) {
        return Turns.NONE.next(waiting, busy).map(next -> next.line().namespace());
    }

    private static Busy free() {
        return Busy.of(PLACES, 2, List.of(), Set.of());
    }

    private static Busy busy(int held, Line line) {
        return Busy.of(PLACES, 2, Collections.nCopies(held, line), Set.of());
    }
}
