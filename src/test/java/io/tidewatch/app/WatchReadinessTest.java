package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WatchReadinessTest {

    private final SortedMap<String, Set<String>> undecided = new TreeMap<>();
    private Optional<String> notStarted = Optional.empty();
    private final WatchReadiness watches = new WatchReadiness(() -> undecided, () -> notStarted);

    @Test
    void beforeTheStartNothingIsWatchedYet() {
        notStarted = Optional.of("no pass has ended yet");
        assertThat(watches.notReady()).contains("no pass has told yet what is to be watched");

        notStarted = Optional.empty();
        assertThat(watches.notReady()).isEmpty();
    }

    @Test
    void whatIsNotListedIsNamed() {
        undecided.put("pods", new TreeSet<>(Set.of("ads", "shop")));
        undecided.put("rollouts", Set.of("shop"));
        assertThat(watches.notReady()).contains("not listed yet: pods in ads and 1 more, rollouts in shop");

        undecided.putAll(Map.of("a", Set.of("x"), "b", Set.of("x")));
        assertThat(watches.notReady())
                .contains("not listed yet: a in x, b in x, pods in ads and 1 more, and 1 more kinds");
    }

    @Test
    void onceBegunALaterNamespaceKeepsNobodyFromBeingReady() {
        assertThat(watches.notReady()).isEmpty();

        undecided.put("pods", Set.of("new"));
        assertThat(watches.notReady()).isEmpty();
    }
}
