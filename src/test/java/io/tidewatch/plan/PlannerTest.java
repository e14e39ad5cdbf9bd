package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.ApplyManifest;
import io.tidewatch.model.plan.Action.SetMinReplicas;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a pass does about whole objects: those that Git declares, and those that it no longer speaks of. */
class PlannerTest {

    private static final Instant NOW = Given.OPENS.plusSeconds(5);
    private static final String OURS = "tidewatch";

    private final List<Map<String, Object>> live = new ArrayList<>();
    private final List<Map<String, Object>> declared = new ArrayList<>();
    private final SortedMap<Target, DesiredBounds> desired = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Set<String> namespaces = Set.of();
    private Answer answer = Answer.HELD;
    private boolean restoredBefore;
    private Set<String> unread = Set.of();
    private Set<String> missing = Set.of();

    @Test
    void aMinimumThatNoScheduleNamesIsRestoredLikeAnyField() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        live.add(scaledObject(Map.of("minReplicaCount", 2)));

        ApplyManifest apply = only(restoring(), ApplyManifest.class);

        assertThat(spec(apply.body())).containsEntry("minReplicaCount", 5);
        assertThat(apply.reason()).isEqualTo("spec.minReplicaCount 2 → 5");
    }

    @Test
    void aBoundThatTheManifestLeavesOutIsNeverReleased() {
        declared.add(scaledObject(Map.of("pollingInterval", 10)));
        live.add(scaledObject(Map.of("minReplicaCount", 3, "pollingInterval", 30)));

        assertThat(spec(only(restoring(), ApplyManifest.class).body())).containsEntry("minReplicaCount", 3);
    }

    @Test
    void reportNamesTheOwnerAndLeavesItsField() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5, "pollingInterval", 10, "cooldownPeriod", 60)));
        live.add(owned(
                scaledObject(Map.of("minReplicaCount", 5, "pollingInterval", 30, "cooldownPeriod", 300)),
                "argocd-controller",
                "pollingInterval"));

        Plan plan = plan(false);

        assertThat(spec(only(plan, ApplyManifest.class).body()))
                .containsEntry("cooldownPeriod", 60)
                .doesNotContainKey("pollingInterval");
        assertThat(plan.skipped())
                .singleElement()
                .satisfies(skip -> assertThat(skip.reason())
                        .isEqualTo("ScaledObject checkout: argocd-controller keeps spec.pollingInterval at 30,"
                                + " commit 3f2c1ab says 10"));
    }

    @Test
    void whatTheRolloutsControllerWroteBackIsNobodysClaim() {
        declared.add(rollout(Map.of("template", template("shop:2"))));
        live.add(owned(rollout(Map.of("template", template("shop:1"))), "rollouts-controller", "template"));

        ApplyManifest apply = only(plan(false), ApplyManifest.class);

        assertThat(apply.force()).isTrue();
        assertThat(apply.beginsRevision()).isTrue();
        assertThat(apply.reason()).isEqualTo("containers[0].image shop:1 → shop:2");
    }

    @Test
    void replicasInGitDoNotFightAnAutoscaler() {
        declared.add(rollout(Map.of("replicas", 3, "paused", true)));
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        live.add(rollout(Map.of("replicas", 7)));
        live.add(scaledObject(Map.of("minReplicaCount", 5)));

        ApplyManifest apply = only(restoring(), ApplyManifest.class);

        assertThat(spec(apply.body())).doesNotContainKey("replicas").containsEntry("paused", true);
    }

    @Test
    void replicasOfARolloutThatNothingScalesAreRestored() {
        declared.add(rollout(Map.of("replicas", 3)));
        live.add(rollout(Map.of("replicas", 1)));

        assertThat(spec(only(restoring(), ApplyManifest.class).body())).containsEntry("replicas", 3);
    }

    @Test
    void aNewRolloutStartsWithTheMinimumOfItsScaledObject() {
        declared.add(rollout(Map.of("template", template("shop:1"))));
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        live.add(scaledObject(Map.of("minReplicaCount", 5)));
        want(Given.inWindow(ConflictPolicy.ADOPT));

        assertThat(restoring().actions())
                .filteredOn(ApplyManifest.class::isInstance)
                .first()
                .satisfies(first ->
                        assertThat(spec(((ApplyManifest) first).body())).containsEntry("replicas", 7));
    }

    /** Seen at a start: caches come one by one, and KEDA got a ScaledObject of nothing. */
    @Test
    void aNewScaledObjectWaitsUntilItIsKnownWhetherItsRolloutIsThere() {
        declared.add(rollout(Map.of("template", template("shop:1"))));
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        missing = Set.of("Rollout");
        assertThat(restoring().actions()).isEmpty();

        missing = Set.of();
        assertThat(restoring().actions())
                .extracting(action -> ((ApplyManifest) action).key().kind())
                .containsExactly("Rollout", "ScaledObject");
    }

    @Test
    void aNewScaledObjectOfWhatNobodyDeclaresWaitsForNothing() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        missing = Set.of("Rollout");
        assertThat(restoring().actions()).hasSize(1);
    }

    @Test
    void whatAPersonHoldsIsNotTouchedInAnyField() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5, "pollingInterval", 10)));
        declared.add(rollout(Map.of("template", template("shop:2"))));
        live.add(annotated(
                scaledObject(Map.of("minReplicaCount", 3, "pollingInterval", 30)),
                Map.of("tidewatch.io/hold-until", "2026-11-22T15:00:00Z", "tidewatch.io/hold-reason", "load test")));
        live.add(rollout(Map.of("template", template("shop:1"))));
        want(Given.inWindow(ConflictPolicy.ADOPT));

        Plan plan = restoring();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped())
                .singleElement()
                .satisfies(skip -> assertThat(skip.reason()).isEqualTo("held until 2026-11-22T15:00:00Z: load test"));
        assertThat(plan.next()).contains(Instant.parse("2026-11-22T15:00:00Z"));
    }

    @Test
    void anotherInstancesTargetIsNotTouched() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5, "pollingInterval", 10)));
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 3)), Map.of("tidewatch.io/instance", "blue")));
        want(Given.inWindow(ConflictPolicy.FORCE));

        Plan plan = restoring();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).extracting(Skipped::code).containsOnly(Skipped.OTHER_INSTANCE);
    }

    @Test
    void aRemovedScheduleGivesTheBaselineBack() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));

        SetMinReplicas set = only(restoring(), SetMinReplicas.class);

        assertThat(set.to()).isEqualTo(5);
        assertThat(spec(set.body())).containsEntry("minReplicaCount", 5);
        assertThat(metadata(set.body())).doesNotContainKey("annotations");
        assertThat(set.reason()).isEqualTo("schedule shop/checkout-midnight was removed");
    }

    @Test
    void anOrphanIsNeverRestoredByForce() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));

        assertThat(only(restoring(), SetMinReplicas.class).force()).isFalse();

        owned(live.get(0), "kubectl", "minReplicaCount");

        assertThat(left())
                .contains("kubectl owns its bounds too, so Tidewatch does not write them; its minimum stays 7");
    }

    @Test
    void anOrphanOutsideOfItsSourcesNamespacesIsLeft() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));
        namespaces = Set.of("bank");

        assertThat(left()).contains("source shop, which may not write to namespace shop; its minimum stays 7");
    }

    @Test
    void anOrphanGetsBackOnlyABaselineOfItsSource() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));
        answer = Answer.NOT_HELD;
        assertThat(left())
                .contains(
                        "claim the baseline 5..20 at commit 3f2c1ab of source shop, but the source had no such baseline there");

        answer = Answer.CANNOT_TELL;
        assertThat(left()).contains("cannot be checked in the history of that source");

        answer = Answer.NOT_YET_KNOWN;
        assertThat(restoring().actions()).isEmpty();
        assertThat(restoring().skipped()).isEmpty();

        answer = Answer.HELD;
        assertThat(only(restoring(), SetMinReplicas.class).to()).isEqualTo(5);
    }

    /** A webhook may put the annotations back into each of our writes. */
    @Test
    void anOrphanWhoseAnnotationsComeBackIsRestoredOnce() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));
        restoredBefore = true;

        assertThat(left()).contains("its baseline was restored, and the annotations tidewatch.io/… are there again");
    }

    /** The API server drops what an apply leaves out: scaleTargetRef and triggers went, and it refused the change. */
    @Test
    void anOrphanThatWasCreatedByUsKeepsAllThatIsOurs() {
        Map<String, Object> object = annotated(
                scaledObject(Map.of(
                        "minReplicaCount", 7, "pollingInterval", 10, "triggers", List.of(Map.of("type", "cpu")))),
                memory(7));
        metadata(object).put("labels", Map.of("tier", "web", "theirs", "x"));
        metadata(object)
                .put(
                        "managedFields",
                        List.of(Map.of(
                                "manager",
                                "tidewatch",
                                "operation",
                                "Apply",
                                "fieldsV1",
                                Map.of(
                                        "f:metadata",
                                        Map.of(
                                                "f:annotations",
                                                memory(7).keySet().stream()
                                                        .collect(Collectors.toMap(key -> "f:" + key, key -> Map.of())),
                                                "f:labels",
                                                Map.of("f:tier", Map.of())),
                                        "f:spec",
                                        Map.of(
                                                "f:minReplicaCount", Map.of(),
                                                "f:scaleTargetRef",
                                                        Map.of(
                                                                "f:apiVersion",
                                                                Map.of(),
                                                                "f:kind",
                                                                Map.of(),
                                                                "f:name",
                                                                Map.of()),
                                                "f:triggers", Map.of())))));
        live.add(object);

        SetMinReplicas set = only(restoring(), SetMinReplicas.class);

        assertThat(spec(set.body()))
                .isEqualTo(Map.of(
                        "minReplicaCount", 5,
                        "scaleTargetRef",
                                Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout"),
                        "triggers", List.of(Map.of("type", "cpu"))));
        assertThat(metadata(set.body()))
                .isEqualTo(Map.of("name", "checkout", "namespace", "shop", "labels", Map.of("tier", "web")));
    }

    @Test
    void aHoldPastTheNextEdgeIsNamedSo() {
        live.add(annotated(
                scaledObject(Map.of("minReplicaCount", 5)),
                Map.of("tidewatch.io/hold-until", "2026-11-23T15:00:00Z", "tidewatch.io/hold-reason", "load test")));
        DesiredBounds one = Given.inWindow(ConflictPolicy.ADOPT);
        want(new DesiredBounds(
                one.target(),
                one.schedule(),
                one.commit(),
                one.baseline(),
                one.setsMax(),
                one.current().until(Optional.of(Given.CLOSES))));

        assertThat(restoring().skipped()).singleElement().satisfies(skip -> {
            assertThat(skip.code()).isEqualTo(Skipped.HELD_PAST_EDGE);
            assertThat(skip.reason())
                    .isEqualTo("held until 2026-11-23T15:00:00Z: load test; the edge at 2026-11-22T17:00:00Z will not"
                            + " be carried out");
        });
    }

    private String left() {
        Plan plan = restoring();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped()).singleElement().extracting(Skipped::code).isEqualTo(Skipped.ORPHAN);
        return plan.skipped().get(0).reason();
    }

    @Test
    void aRemovedScheduleLeavesWhatAHandRaisedSince() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 9)), memory(7)));

        assertThat(only(restoring(), SetMinReplicas.class).to()).isEqualTo(9);
    }

    @Test
    void noRemovalCountsWhileItsSourceIsUnreadable() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));
        problems.add(new Problem("a.yaml", 1, "", Problem.Severity.ERROR, "syntax", "broken"));

        assertThat(restoring().actions()).isEmpty();
    }

    @Test
    void aMaximumThatChangesWithTheMinimumIsKnownToTheAction() {
        live.add(scaledObject(Map.of("minReplicaCount", 5, "maxReplicaCount", 20)));
        want(Given.upTo(Given.inWindow(ConflictPolicy.ADOPT), 30));

        assertThat(only(restoring(), SetMinReplicas.class).maximum()).contains(new Action.MaximumChange(20, 30));

        desired.clear();
        want(Given.upTo(Given.inWindow(ConflictPolicy.ADOPT), 20));

        assertThat(only(restoring(), SetMinReplicas.class).maximum()).isEmpty();
    }

    @Test
    void noRemovalCountsBeforeEverySourceIsRead() {
        live.add(annotated(scaledObject(Map.of("minReplicaCount", 7)), memory(7)));
        unread = Set.of("other");

        assertThat(restoring().actions()).isEmpty();
    }

    @Test
    void whatIsBeingDeletedIsLeftAlone() {
        declared.add(scaledObject(Map.of("minReplicaCount", 5)));
        Map<String, Object> going = annotated(scaledObject(Map.of("minReplicaCount", 2)), Map.of());
        metadata(going).put("deletionTimestamp", "2026-11-22T13:00:00Z");
        live.add(going);
        want(Given.inWindow(ConflictPolicy.FORCE));

        assertThat(restoring().actions()).isEmpty();
    }

    private void want(DesiredBounds one) {
        desired.put(one.target(), one);
    }

    private Plan restoring() {
        return plan(true);
    }

    private Plan plan(boolean restore) {
        List<Manifest> manifests = declared.stream()
                .map(content -> new Manifest(key(content), content, new Origin("shop", "a.yaml", 1)))
                .toList();
        TreeMap<String, FileDefinitions> files = new TreeMap<>();
        files.put("a.yaml", new FileDefinitions("a.yaml", Given.COMMIT.id(), List.of(), List.of(), manifests));
        Definitions definitions =
                new Definitions(List.of(new SourceDefinitions("shop", Given.COMMIT, files, problems)), unread);
        ClusterState state = state();
        DesiredState desiredState = new DesiredState(NOW, desired, new java.util.TreeSet<>());
        Set<Target> concerned = Observations.concerned(
                state, desired.keySet(), manifests.stream().map(Manifest::key).toList(), OURS);
        OrphanPast past = new OrphanPast() {
            @Override
            public Answer answer(PastBaseline claim) {
                return answer;
            }

            @Override
            public boolean isRestored(PastBaseline claim) {
                return restoredBefore;
            }
        };
        return new Planner(OURS, Map.of("shop", new SourcePolicy("shop", true, restore, namespaces)), past)
                .plan(definitions, desiredState, state, Observations.of(state, concerned), Diagnoses.NONE);
    }

    private ClusterState state() {
        Map<ObjectKey, LiveObject> whole = new LinkedHashMap<>();
        live.forEach(object -> whole.put(
                key(object), new LiveObject(key(object), new Action.Version("uid-" + kind(object), "100"), object)));
        return new ClusterState(
                NOW,
                of("ScaledObject")
                        .map(raw -> ObjectReader.scaledObject(raw, NOW))
                        .toList(),
                List.of(),
                of("Rollout").map(raw -> ObjectReader.rollout(raw, NOW)).toList(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                whole,
                missing);
    }

    private java.util.stream.Stream<Map<String, Object>> of(String kind) {
        return live.stream().filter(object -> kind(object).equals(kind));
    }

    private static <A extends Action> A only(Plan plan, Class<A> type) {
        assertThat(plan.actions()).hasSize(1).first().isInstanceOf(type);
        return type.cast(plan.actions().get(0));
    }

    private static Map<String, String> memory(int applied) {
        return Map.of(
                "tidewatch.io/instance", OURS,
                "tidewatch.io/source", "shop",
                "tidewatch.io/schedule", "shop/checkout-midnight",
                "tidewatch.io/window", "midnight-peak@2026-11-22T13:30:00Z",
                "tidewatch.io/baseline", "5..20",
                "tidewatch.io/commit", "3f2c1ab9",
                "tidewatch.io/applied", applied + "..20");
    }

    private static Map<String, Object> scaledObject(Map<String, Object> spec) {
        Map<String, Object> whole = new LinkedHashMap<>(spec);
        whole.put(
                "scaleTargetRef", Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout"));
        return object("keda.sh/v1alpha1", "ScaledObject", whole);
    }

    private static Map<String, Object> rollout(Map<String, Object> spec) {
        return object("argoproj.io/v1alpha1", "Rollout", spec);
    }

    private static Map<String, Object> template(String image) {
        return Map.of("spec", Map.of("containers", List.of(Map.of("name", "app", "image", image))));
    }

    private static Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", new LinkedHashMap<>(Map.of("name", "checkout", "namespace", "shop")));
        object.put("spec", spec);
        return object;
    }

    private static Map<String, Object> annotated(Map<String, Object> object, Map<String, String> annotations) {
        metadata(object).put("annotations", annotations);
        metadata(object).put("uid", "uid-" + kind(object));
        return object;
    }

    private static Map<String, Object> owned(Map<String, Object> object, String manager, String field) {
        metadata(object)
                .put(
                        "managedFields",
                        List.of(Map.of(
                                "manager",
                                manager,
                                "operation",
                                "Update",
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:" + field, Map.of())))));
        return object;
    }

    private static String kind(Map<String, Object> object) {
        return String.valueOf(object.get("kind"));
    }

    private static ObjectKey key(Map<String, Object> object) {
        return new ObjectKey(String.valueOf(object.get("apiVersion")), kind(object), "shop", "checkout");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> object) {
        return (Map<String, Object>) object.get("metadata");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec(Map<String, Object> object) {
        return (Map<String, Object>) object.get("spec");
    }
}
