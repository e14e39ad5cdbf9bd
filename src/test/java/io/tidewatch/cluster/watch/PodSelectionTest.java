package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.Workload;
import io.tidewatch.observe.ObjectReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodSelectionTest {

    private static PodSelection of(String name, Map<String, String> labels) {
        Workload workload = ObjectReader.deployment(Map.of("metadata", Map.of("name", name)), Instant.EPOCH);
        return PodSelection.of(workload, labels);
    }

    private static PodSelection app(String... values) {
        return new PodSelection("app", new TreeSet<>(Set.of(values)));
    }

    @Test
    void theLabelThatNamesTheWorkloadIsTaken() {
        assertThat(of("checkout", Map.of("app.kubernetes.io/instance", "prod", "app.kubernetes.io/name", "checkout"))
                        .text())
                .isEqualTo("app.kubernetes.io/name in (checkout)");
        assertThat(of("checkout", Map.of("a", "shop", "b", "shop-checkout")).text())
                .isEqualTo("b in (shop-checkout)");
        assertThat(of("checkout", Map.of("tier", "web", "team", "pay")).text()).isEqualTo("team in (pay)");
    }

    @Test
    void aSelectorWithoutALabelSelectsWhatDeploymentsOwn() {
        assertThat(of("checkout", Map.of()).text()).isEqualTo("pod-template-hash");
    }

    @Test
    void aWorkloadThatComesInterruptsNoOther() {
        List<PodSelection> before = PodSelection.toWatch(List.of(), List.of(app("a"), app("b")));
        assertThat(before).containsExactly(app("a", "b"));
        List<PodSelection> after = PodSelection.toWatch(before, List.of(app("a"), app("b"), app("c")));
        assertThat(after).containsExactly(app("a", "b"), app("c"));
        assertThat(PodSelection.toWatch(after, List.of(app("b")))).containsExactly(app("a", "b"));
        assertThat(PodSelection.toWatch(after, List.of())).isEmpty();
    }

    @Test
    void aSelectorStaysShort() {
        List<PodSelection> needed =
                IntStream.range(0, 1_000).mapToObj(i -> app("app-" + i)).toList();
        List<PodSelection> watched = PodSelection.toWatch(List.of(), needed);
        assertThat(watched)
                .hasSize(20)
                .allSatisfy(one -> assertThat(one.text().length()).isLessThan(4_000));
    }

    /** Whatever comes and goes: each needed workload is selected, and nothing is watched that none needs. */
    @Test
    void whateverComesAndGoesIsSelected() {
        SplittableRandom random = new SplittableRandom(20261130);
        List<PodSelection> watched = List.of();
        for (int i = 0; i < Integer.getInteger("tidewatch.selections", 2_000); i++) {
            List<PodSelection> needed = new ArrayList<>();
            for (int each = random.nextInt(8); each > 0; each--) {
                String label = random.nextBoolean() ? "app" : "name";
                needed.add(new PodSelection(
                        label,
                        random.nextInt(10) == 0 ? new TreeSet<>() : new TreeSet<>(Set.of("v" + random.nextInt(12)))));
            }
            watched = PodSelection.toWatch(watched, needed);
            for (PodSelection one : needed) {
                assertThat(watched).as("step %d, %s", i, one).anyMatch(each -> each.covers(one));
            }
            Set<String> labels = new TreeSet<>();
            needed.forEach(one -> labels.add(one.label()));
            assertThat(watched).as("step %d", i).allMatch(each -> labels.contains(each.label()));
            assertThat(watched).as("step %d", i).doesNotHaveDuplicates();
        }
    }
}
