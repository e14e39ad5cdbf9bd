package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.cluster.WorkloadRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An object of another kind: by its own count where it is watched, else by its HPA, and by nobody until it is known which. */
class ScaleTargetsTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final WorkloadRef WIDGET =
            new WorkloadRef(WorkloadKind.of("play.io/v1", "Widget"), "shop", "checkout");

    private static final Map<String, Object> SCALED_OBJECT = Map.of(
            "kind",
            "ScaledObject",
            "metadata",
            Map.of("name", "checkout", "namespace", "shop"),
            "spec",
            Map.of("scaleTargetRef", Map.of("apiVersion", "play.io/v1beta1", "kind", "Widget", "name", "checkout")),
            "status",
            Map.of(
                    "scaleTargetGVKR",
                    Map.of("group", "play.io", "version", "v1", "kind", "Widget", "resource", "widgets")));
    private static final Map<String, Object> HPA = Map.of(
            "kind",
            "HorizontalPodAutoscaler",
            "metadata",
            Map.of("name", "keda-hpa-checkout", "namespace", "shop"),
            "spec",
            Map.of(
                    "minReplicas",
                    7,
                    "scaleTargetRef",
                    Map.of("apiVersion", "play.io/v1", "kind", "Widget", "name", "checkout")),
            "status",
            Map.of("currentReplicas", 7, "desiredReplicas", 7));
    private static final Workload LIVE = ObjectReader.scaleTarget(
            Map.of(
                    "apiVersion",
                    "play.io/v1",
                    "kind",
                    "Widget",
                    "metadata",
                    Map.of("name", "checkout", "namespace", "shop"),
                    "spec",
                    Map.of("replicas", 7),
                    "status",
                    Map.of("replicas", 5)),
            AT);

    @Test
    void whatIsScaledIsNamedWithWhatKedaFound() {
        ClusterState state = state(List.of(), Map.of());

        assertThat(Observations.scaleTargets(state, Set.of(CHECKOUT)))
                .isEqualTo(Map.of(WIDGET, new TargetApi("play.io/v1", Optional.of("widgets"))));
        assertThat(Observations.scaleTargets(state, Set.of())).isEmpty();
    }

    @Test
    void anHpaWithoutKedaNamesTheVersionAlone() {
        assertThat(ObjectReader.hpa(HPA, AT).targetApi()).isEqualTo(new TargetApi("play.io/v1", Optional.empty()));
    }

    @Test
    void whereItIsWatchedItsOwnCountIsFollowed() {
        TargetObservation seen = observed(state(List.of(LIVE), Map.of(WIDGET, Set.of())));

        assertThat(widget(seen).created()).isEqualTo(OptionalInt.of(5));
        assertThat(seen.missing()).doesNotContain("Widget");
    }

    @Test
    void untilItIsSeenNothingIsSaidOfIt() {
        TargetObservation seen = observed(state(List.of(), Map.of(WIDGET, Set.of("Widget"))));

        assertThat(seen.workload()).isEmpty();
        assertThat(seen.missing()).contains("Widget");
    }

    @Test
    void whereItMayNotBeWatchedItsHpaCountsAndTheKindIsMissing() {
        TargetObservation seen = observed(state(List.of(), Map.of()));

        assertThat(widget(seen).replicas()).isEqualTo(OptionalInt.of(7));
        assertThat(widget(seen).created()).isEmpty();
        assertThat(seen.missing()).contains("Widget");
    }

    /** The HPA's last number says nothing of an object that is gone. */
    @Test
    void anObjectThatIsNotThereIsNotReplacedByItsHpa() {
        TargetObservation seen = observed(state(List.of(), Map.of(WIDGET, Set.of())));

        assertThat(seen.workload()).isEmpty();
    }

    private static ScaleTargetView widget(TargetObservation seen) {
        return (ScaleTargetView) seen.workload().orElseThrow();
    }

    private static TargetObservation observed(ClusterState state) {
        return Observations.of(state, Set.of(CHECKOUT)).targets().get(CHECKOUT);
    }

    private static ClusterState state(List<Workload> workloads, Map<WorkloadRef, Set<String>> unseenOf) {
        return new ClusterState(
                AT,
                List.of(ObjectReader.scaledObject(SCALED_OBJECT, AT)),
                List.of(ObjectReader.hpa(HPA, AT)),
                workloads,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(Set.of()),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                RaiseFacts.NONE,
                Budgets.NONE,
                Optional.of(unseenOf));
    }
}
