package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.WorkloadRef;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a commit counts as applied. */
class AppliedStageTest {

    private static final ObjectKey CHECKOUT = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");
    private static final ObjectKey WEB = new ObjectKey("apps/v1", "Deployment", "shop", "web");
    private static final Commit FIRST = PassOf.commit("1111111");

    private final List<String> applied = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final AppliedStage stage = new AppliedStage(
            commit -> applied.add(commit.id()),
            (source, newest) -> newest.forEach((file, commit) -> files.add(file + " " + commit.id())));

    @Test
    void aCommitWhoseObjectIsStillToBeAppliedIsNotRemembered() {
        Pass pass = PassOf.declaring(FIRST, CHECKOUT).with(PassOf.plan(PassOf.apply(CHECKOUT, FIRST)));

        assertThat(stage.remember(pass)).isSameAs(pass);

        assertThat(applied).isEmpty();
    }

    /** The files of which nothing is left are remembered by themselves, with their own newest commits. */
    @Test
    void aFileOfWhichNothingIsLeftIsRememberedWhileAnotherIsStuck() {
        ObjectKey cart = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "cart");
        Commit second = PassOf.commit("2222222");
        SourceDefinitions source = new SourceDefinitions(
                "shop",
                second,
                new TreeMap<>(Map.of("a.yaml", declaring("a.yaml", CHECKOUT), "b.yaml", declaring("b.yaml", cart))),
                List.of(),
                new TreeMap<>(Map.of("a.yaml", FileChange.by(FIRST), "b.yaml", FileChange.by(second))));
        Pass pass = Pass.begin(
                new Definitions(List.of(source)),
                new DesiredState(PassOf.NOON, new TreeMap<>(), new TreeSet<>()),
                Diagnoses.NONE);

        stage.remember(pass.with(PassOf.plan(PassOf.apply(cart, second))));

        assertThat(applied).isEmpty();
        assertThat(files).containsExactly("a.yaml " + FIRST.id());
    }

    private static FileDefinitions declaring(String file, ObjectKey key) {
        Manifest manifest = new Manifest(key, Map.of(), new Origin("shop", file, 1));
        return new FileDefinitions(file, "2222222", List.of(), List.of(), List.of(manifest));
    }

    @Test
    void aCommitOfWhichNothingIsLeftIsRememberedOnce() {
        Pass pass = PassOf.declaring(FIRST, CHECKOUT).with(PassOf.plan());

        stage.remember(pass);
        stage.remember(pass);
        assertThat(applied).containsExactly(FIRST.id());

        stage.remember(PassOf.declaring(PassOf.commit("2222222"), CHECKOUT).with(PassOf.plan()));
        assertThat(applied).containsExactly(FIRST.id(), "2222222");
    }

    @Test
    void aMinimumThatIsToBeWrittenIsNothingOfTheCommit() {
        stage.remember(PassOf.declaring(FIRST, CHECKOUT).with(PassOf.plan(PassOf.raise(PassOf.CHECKOUT, 5, 7))));

        assertThat(applied).containsExactly(FIRST.id());
    }

    /** The skipped write belongs to the ScaledObject, which may have another name than the Rollout. */
    @Test
    void commitThatAFreezeHoldsBackIsNotRemembered() {
        Skipped held = new Skipped(
                new Target("shop", "checkout-scaler"),
                Skipped.FROZEN,
                "",
                "",
                Optional.of(new Skipped.Frozen(CHECKOUT, Optional.empty())));
        Pass pass = PassOf.declaring(FIRST, CHECKOUT);

        stage.remember(pass.with(PassOf.plan().skipping(List.of(held))));
        assertThat(applied).isEmpty();

        stage.remember(pass.with(PassOf.plan()));
        assertThat(applied).containsExactly(FIRST.id());
    }

    /** A template that nobody compared counted as applied, and its trailer was forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                Skipped.HELD,
                Skipped.HELD_PAST_EDGE,
                Skipped.OTHER_INSTANCE,
                Skipped.BEING_DELETED,
                Skipped.OBSERVING
            })
    void commitOfATargetThatNobodyWritesToIsNotRemembered(String code) {
        Map<String, Object> scaler = Map.of("spec", Map.of("scaleTargetRef", Map.of("name", "checkout")));
        Pass pass = PassOf.declaring(
                FIRST,
                new Manifest(CHECKOUT, Map.of(), PassOf.origin()),
                new Manifest(
                        new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", "scaler"), scaler, PassOf.origin()));
        Skipped held = new Skipped(new Target("shop", "scaler"), code, "load test");

        stage.remember(pass.with(PassOf.plan().skipping(List.of(held))));
        assertThat(applied).isEmpty();

        stage.remember(pass.with(
                PassOf.plan().skipping(List.of(new Skipped(new Target("shop", "other"), code, "load test")))));
        assertThat(applied).containsExactly(FIRST.id());
    }

    @Test
    void commitOfATargetWithAnInternalErrorIsNotRemembered() {
        Fault fault = Fault.of("plan", new IllegalStateException("broken"));
        Pass pass = PassOf.declaring(FIRST, CHECKOUT)
                .with(PassOf.plan().with(new Faults(new TreeMap<>(Map.of(PassOf.CHECKOUT, List.of(fault))))));

        stage.remember(pass);

        assertThat(applied).isEmpty();
    }

    @Test
    void aKindThatCannotBeObservedLeavesTheCommitUnapplied() {
        ClusterState blind = new ClusterState(
                PassOf.NOON,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(Set.of()),
                List.of(),
                List.of(),
                Map.of(),
                Set.of("Rollout"));

        stage.remember(
                PassOf.declaring(FIRST, CHECKOUT).with(blind, Observation.NONE).with(PassOf.plan()));

        assertThat(applied).isEmpty();
    }

    /** Deployments are watched one by one; the kind as a whole is never missing. */
    @Test
    void aDeploymentThatHasNotBeenSeenLeavesTheCommitUnapplied() {
        Pass pass = PassOf.declaring(FIRST, WEB);

        stage.remember(pass.with(watching(Map.of()), Observation.NONE).with(PassOf.plan()));
        assertThat(applied).isEmpty();

        stage.remember(pass.with(watching(Map.of(WorkloadRef.of(WEB), Set.of())), Observation.NONE)
                .with(PassOf.plan()));
        assertThat(applied).containsExactly(FIRST.id());
    }

    /** Its autoscaler is declared nowhere, so only the observation tells that the held target scales it. */
    @Test
    void commitOfADeploymentOfAHeldTargetIsNotRemembered() {
        Target scaler = new Target("shop", "scaler");
        TargetObservation observed = new TargetObservation(
                scaler,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ObjectReader.deployment(
                        Map.of("metadata", Map.of("namespace", "shop", "name", "web")), PassOf.NOON)),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        Pass pass = PassOf.declaring(FIRST, WEB)
                .with(
                        watching(Map.of(WorkloadRef.of(WEB), Set.of())),
                        new Observation(PassOf.NOON, Map.of(), new TreeMap<>(Map.of(scaler, observed)), List.of()));

        stage.remember(pass.with(PassOf.plan().skipping(List.of(new Skipped(scaler, Skipped.HELD, "load test")))));
        assertThat(applied).isEmpty();

        stage.remember(pass.with(PassOf.plan()));
        assertThat(applied).containsExactly(FIRST.id());
    }

    /** @param unseenOf of each Deployment and StatefulSet that is watched */
    private static ClusterState watching(Map<WorkloadRef, Set<String>> unseenOf) {
        return new ClusterState(
                PassOf.NOON,
                List.of(),
                List.of(),
                List.of(),
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
