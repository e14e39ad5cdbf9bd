package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which namespaces are watched, and which objects are read whole. */
class ObserveStageTest {

    private static final ObjectKey CART = new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", "cart");

    private final List<AutoscalerView> cached = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();
    private final Set<String> forbidden = new HashSet<>();
    private Set<String> known = Set.of();
    private Set<String> watched = Set.of();
    private Set<ObjectKey> whole = Set.of();
    private Set<WorkloadRef> workloads = Set.of();
    private Map<WorkloadRef, TargetApi> scaleTargets = Map.of();

    private final ObserveStage stage = new ObserveStage(
            new ObserveStage.Caches() {
                @Override
                public void watch(Set<String> namespaces) {
                    watched = namespaces;
                }

                @Override
                public void watchWorkloads(Set<WorkloadRef> needed) {
                    workloads = needed;
                }

                @Override
                public void watchScaleTargets(Map<WorkloadRef, TargetApi> needed) {
                    scaleTargets = needed;
                }

                @Override
                public List<AutoscalerView> autoscalers() {
                    return cached;
                }

                @Override
                public boolean isListed(String namespace) {
                    return listed.contains(namespace);
                }

                @Override
                public boolean isForbidden(String namespace) {
                    return forbidden.contains(namespace);
                }

                @Override
                public ClusterState state(Set<ObjectKey> declared, Instant now) {
                    whole = declared;
                    return new ClusterState(
                            now,
                            cached.stream()
                                    .filter(ScaledObjectView.class::isInstance)
                                    .map(ScaledObjectView.class::cast)
                                    .toList(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            Set.of());
                }
            },
            "tidewatch",
            () -> known);

    private static ScaledObjectView scaledObject(String namespace, String name, String instance) {
        return scaledObject(namespace, name, instance, WorkloadKind.ROLLOUT);
    }

    private static ScaledObjectView scaledObject(String namespace, String name, String instance, WorkloadKind kind) {
        return new ScaledObjectView(
                new ObjectMeta(
                        namespace,
                        name,
                        "uid",
                        "1",
                        1,
                        Optional.empty(),
                        false,
                        Map.of(),
                        Map.of(Annotations.INSTANCE, instance),
                        Optional.empty(),
                        List.of(),
                        PassOf.NOON),
                OptionalInt.of(5),
                OptionalInt.of(20),
                OptionalInt.empty(),
                kind,
                name,
                TargetApi.UNKNOWN,
                "keda-hpa-" + name,
                Optional.empty(),
                Map.of());
    }

    private void observe() {
        stage.observe(PassOf.declaring(PassOf.commit("1111111"), CART));
    }

    @Test
    void theDeploymentsOfOurTargetsAreWatchedAndNoOthers() {
        WorkloadKind widget = WorkloadKind.of("play.io/v1", "Widget");
        WorkloadKind advanced = WorkloadKind.of("apps.kruise.io/v1beta1", "StatefulSet");
        cached.add(scaledObject("shop", "web", "tidewatch", WorkloadKind.DEPLOYMENT));
        cached.add(scaledObject("shop", "store", "tidewatch", WorkloadKind.STATEFUL_SET));
        cached.add(scaledObject("shop", "queue", "tidewatch", advanced));
        cached.add(scaledObject("shop", "batch", "somebody", WorkloadKind.DEPLOYMENT));
        cached.add(scaledObject("shop", "front", "tidewatch"));
        cached.add(scaledObject("shop", "widget", "tidewatch", widget));
        observe();

        assertThat(workloads)
                .containsExactlyInAnyOrder(
                        new WorkloadRef(WorkloadKind.DEPLOYMENT, "shop", "web"),
                        new WorkloadRef(WorkloadKind.STATEFUL_SET, "shop", "store"));
        assertThat(scaleTargets)
                .containsOnlyKeys(
                        new WorkloadRef(widget, "shop", "widget"), new WorkloadRef(advanced, "shop", "queue"));
    }

    @Test
    void theNamespacesOfDefinitionsAreWatchedAndTheirObjectsReadWhole() {
        observe();

        assertThat(watched).containsExactly("shop");
        assertThat(whole).containsExactly(CART);
    }

    @Test
    void anObjectOfThisInstanceWithoutAScheduleKeepsItsNamespaceWatchedAndThatOfAnotherDoesNot() {
        cached.add(scaledObject("bank", "orphan", "tidewatch"));
        cached.add(scaledObject("port", "other", "another"));

        observe();

        assertThat(watched).containsExactlyInAnyOrder("shop", "bank");
        assertThat(whole)
                .containsExactlyInAnyOrder(CART, new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "bank", "orphan"));
    }

    @Test
    void aNamespaceThatTheJournalKnowsIsWatchedUntilItsScaledObjectsAreListedOrForbidden() {
        known = Set.of("attic", "cellar");
        observe();
        assertThat(watched).containsExactlyInAnyOrder("shop", "attic", "cellar");

        listed.add("attic");
        forbidden.add("cellar");
        observe();
        assertThat(watched).containsExactly("shop");

        listed.clear();
        observe();
        assertThat(watched).as("what was settled stays so").containsExactly("shop");
    }

    /** The watch has not brought our last write yet when a commit removes the schedule. */
    @Test
    void aNamespaceThatIsNamedNoMoreIsWatchedUntilOurWritesAreSeen() {
        observe();

        stage.observe(at(PassOf.NOON.plusSeconds(30)));
        assertThat(watched).containsExactly("shop");

        stage.observe(at(PassOf.NOON.plusSeconds(31)));
        assertThat(watched).isEmpty();
    }

    private static Pass at(Instant now) {
        return Pass.begin(Definitions.NONE, new DesiredState(now, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE);
    }
}
