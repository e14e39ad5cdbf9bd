package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedTargetsTest {

    private static final Map<String, Object> CHECKOUT =
            Map.of("kind", "ScaledObject", "metadata", Map.of("name", "checkout", "labels", Map.of("tier", "web")));

    private static final Map<String, Object> BY_NAME =
            schedule("night", Map.of("scaledObjectRef", Map.of("name", "checkout")));
    private static final Map<String, Object> BY_LABELS =
            schedule("web", Map.of("scaledObjectSelector", Map.of("matchLabels", Map.of("tier", "web"))));

    private final Definitions both = new Definitions(
            List.of(source("first", List.of(CHECKOUT, BY_NAME)), source("second", List.of(CHECKOUT, BY_LABELS))));

    @Test
    void theProblemOfTheSourceConfiguredLaterNamesTheScheduleThatCounts() {
        assertThat(SharedTargets.problems(both, "second"))
                .extracting(Problem::code, Problem::path, Problem::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "second-schedule",
                        "spec.scaledObjectSelector.matchLabels",
                        "ScaledObject shop/checkout is scheduled by two sources: shop/night of first (all.yaml:2) is used,"
                                + " because its source is configured first; keep one of them"));
    }

    @Test
    void theProblemOfTheSourceConfiguredFirstNamesTheScheduleThatIsIgnored() {
        assertThat(SharedTargets.problems(both, "first"))
                .extracting(Problem::path, Problem::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "spec.scaledObjectRef.name",
                        "ScaledObject shop/checkout is scheduled by two sources: shop/web of second (all.yaml:2) is ignored,"
                                + " because its source is configured later; keep one of them"));
    }

    @Test
    void theOneConfiguredFirstCounts() {
        assertThat(Timetable.of(both).targets())
                .extracting(target -> target.compiled().schedule().id())
                .containsExactly("shop/night");
    }

    @Test
    void anotherSourceHasNoProblem() {
        List<SourceDefinitions> three = new ArrayList<>(both.sources());
        three.add(source("third", List.of(schedule("cart", Map.of("scaledObjectRef", Map.of("name", "cart"))))));
        assertThat(SharedTargets.problems(new Definitions(three), "third")).isEmpty();
    }

    @Test
    void aTargetAfterASharedTargetIsComparedToo() {
        Map<String, Object> cart =
                Map.of("kind", "ScaledObject", "metadata", Map.of("name", "cart", "labels", Map.of("tier", "web")));
        Map<String, Object> cartByName = schedule("cart", Map.of("scaledObjectRef", Map.of("name", "cart")));
        Definitions three = new Definitions(List.of(
                source("first", List.of(CHECKOUT, BY_NAME)),
                source("second", List.of(CHECKOUT, cart, BY_LABELS)),
                source("third", List.of(cartByName))));
        assertThat(Timetable.of(three).targets())
                .extracting(
                        target -> target.target().toString(),
                        target -> target.compiled().schedule().id())
                .contains(org.assertj.core.groups.Tuple.tuple("shop/cart", "shop/web"));
        assertThat(SharedTargets.problems(three, "third"))
                .extracting(Problem::message)
                .containsExactly(
                        "ScaledObject shop/cart is scheduled by two sources: shop/web of second (all.yaml:3) is used,"
                                + " because its source is configured first; keep one of them");
    }

    private static Map<String, Object> schedule(String name, Map<String, Object> whom) {
        Map<String, Object> spec = new java.util.TreeMap<>(whom);
        spec.put("timeZone", "UTC");
        spec.put("windows", List.of());
        return Map.of("kind", "ScaleSchedule", "metadata", Map.of("name", name), "spec", spec);
    }

    private static SourceDefinitions source(String name, List<Map<String, Object>> documents) {
        SourceDefinitions one = Written.definitions(documents).sources().get(0);
        return new SourceDefinitions(name, one.commit(), one.files(), one.problems());
    }
}
