package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import io.tidewatch.schedule.DesiredStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each row of the section "Freeze" of docs/steps.md: one pass over definitions as text and live objects. */
class FreezeStepsTest {

    private static final int CELLS = 5;
    private static final String DAY = "2026-11-22T";

    /**
     * One row of the table.
     *
     * @param git words about the commit in force
     * @param live words about the live objects
     * @param then the reasons of the writes, then those of the skipped writes
     */
    record Row(String name, Instant at, Set<String> git, Set<String> live, String then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> freeze() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/steps.md"));
        return lines.subList(lines.indexOf("## Freeze") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                .map(line -> line.substring(1, line.length() - 1).split("\\|"))
                .map(FreezeStepsTest::row);
    }

    private static Row row(String[] cells) {
        assertThat(cells).as(Arrays.toString(cells)).hasSize(CELLS);
        return new Row(
                cells[0].trim(),
                Instant.parse(DAY + cells[1].trim() + "Z"),
                words(cells[2]),
                words(cells[3]),
                cells[4].trim());
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(",")).map(String::trim).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("freeze")
    void rowOfThePage(Row row) {
        assertThat(new OnePass(row).describe()).isEqualTo(row.then());
    }

    /** What a process that started after the window can know: the commit is older than the window's end, and nobody else wrote. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        17:00:40 | image 2   | Converged                                         | 2026-11-22T17:00:00Z
        17:05:00 | image 2   | AvailabilityLag                                   | 2026-11-22T17:00:00Z
        17:10:01 | image 2   | Converged                                         | -
        13:14:59 | image 2   | Converged                                         | -
        17:00:40 | image 1   | image 9, kubectl-set at 17:00:20, Converged       | -
        15:00:00 | image 2, trailer | minimum 7, Converged                       | -
        15:00:00 | image 2, no freeze | minimum 7, Converged                     | -
        """)
    void aRevisionIsWrittenAfterAFreeze(String at, String git, String live, Instant frozenUntil) {
        Row row = new Row("", Instant.parse(DAY + at + "Z"), words(git), words(live), "");

        assertThat(new OnePass(row).plan().actions())
                .filteredOn(Action.ApplyManifest.class::isInstance)
                .singleElement()
                .satisfies(action -> assertThat(((Action.ApplyManifest) action).frozenUntil())
                        .isEqualTo(Optional.ofNullable(frozenUntil)));
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              suspend: false
              windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
              freezeRollouts: true
            """;

    private static final String ROLLOUT = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: %1$s, namespace: shop}
            spec:
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: app, image: "shop:%2$d"}]}
              strategy: {canary: {}}
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: shop}
            spec:
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: app, image: "shop:%2$d"}]}
            """;

    private static final String STATEFUL_SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: %1$s, namespace: shop}
            spec:
              serviceName: %1$s
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: app, image: "shop:%2$d"}]}
            """;

    private static final String ROLLOUT_OF_A_DEPLOYMENT = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              workloadRef: {apiVersion: apps/v1, kind: Deployment, name: checkout-pods}
              strategy: {canary: {}}
            ---
            """;

    private static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: %1$s, kind: %2$s, name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: metrics-api, metadata: {targetValue: "10"}}]
            """;

    /** One pass of a new process. */
    static final class OnePass {

        private static final Target CHECKOUT = new Target("shop", "checkout");
        private static final Instant COMMITTED = Instant.parse(DAY + "13:00:00Z");

        private final Row row;
        private final SourceDefinitions source;
        private final Map<ObjectKey, LiveObject> live = new LinkedHashMap<>();

        OnePass(Row row) {
            this.row = row;
            SourceDefinitions applied =
                    read("a0a0a0a", files(row, number(row.live(), "image", 1), true), Map.of(), Optional.empty());
            source = source(row, applied);
            applied.manifests().stream()
                    .filter(manifest -> !row.live().contains("no Rollout") || !holdsTemplate(manifest.key()))
                    .forEach(this::observe);
        }

        /** Whether the pods of the target are made of this object's template. */
        private boolean holdsTemplate(ObjectKey key) {
            return !key.kind().equals("ScaledObject")
                    && key.name().equals(row.live().contains("workloadRef") ? "checkout-pods" : "checkout");
        }

        private static SourceDefinitions source(Row row, SourceDefinitions applied) {
            Map<String, String> files = new TreeMap<>(
                    files(row, number(row.git(), "image", 1), !row.git().contains("no schedule")));
            row.git().forEach(word -> edit(files, word));
            if (!row.git().contains("broken")) {
                return read("3f2c1ab", files, Map.of("checkout.yaml", change(row)), Optional.of(applied));
            }
            SourceDefinitions good = read("3f2c1ab", files, Map.of("checkout.yaml", change(row)), Optional.of(applied));
            files.put("checkout.yaml", "kind: [");
            return read("bad0bad", files, Map.of(), Optional.of(good));
        }

        private static void edit(Map<String, String> files, String word) {
            switch (word) {
                case "suspended" -> replace(files, "schedule.yaml", "suspend: false", "suspend: true");
                case "no freeze" -> replace(files, "schedule.yaml", "freezeRollouts: true", "freezeRollouts: false");
                case "other field" ->
                    replace(files, "checkout.yaml", "progressDeadlineSeconds: 600", "progressDeadlineSeconds: 900");
                case "cart broken" -> files.put("cart.yaml", "kind: [");
                case "Rollout of others" -> replace(files, "checkout.yaml", ROLLOUT_OF_A_DEPLOYMENT, "");
                case "cart too" -> replace(files, "cart.yaml", "shop:1", "shop:2");
                case "unscaled too" -> replace(files, "unscaled.yaml", "shop:1", "shop:2");
                default -> {}
            }
        }

        private static void replace(Map<String, String> files, String file, String old, String fresh) {
            files.computeIfPresent(file, (name, text) -> text.replace(old, fresh));
        }

        private static SourceDefinitions read(
                String commit,
                Map<String, String> files,
                Map<String, FileChange> changes,
                Optional<SourceDefinitions> before) {
            return new DefinitionReader(new Scope(Set.of(), Optional.empty(), Set.of(FurtherKind.values())))
                    .read(
                            new Checkout(commit(commit), new TreeMap<>(files), files.keySet(), new TreeMap<>(changes)),
                            before,
                            PastTexts.NONE);
        }

        private static Map<String, String> files(Row row, int image, boolean scheduled) {
            Map<String, String> files = new TreeMap<>(Map.of(
                    "checkout.yaml", workload(row, image),
                    "cart.yaml", ROLLOUT.formatted("cart", 1),
                    "scaled.yaml", SCALED_OBJECT.formatted(scaled(row))));
            if (scheduled) {
                files.put("schedule.yaml", SCHEDULE);
            }
            if (row.live().contains("unscaled Deployment checkout")) {
                files.put("unscaled.yaml", DEPLOYMENT.formatted("checkout", 1));
            }
            return files;
        }

        private static String workload(Row row, int image) {
            if (row.live().contains("workloadRef")) {
                return ROLLOUT_OF_A_DEPLOYMENT + DEPLOYMENT.formatted("checkout-pods", image);
            }
            if (row.live().contains("Deployment")) {
                return DEPLOYMENT.formatted("checkout", image);
            }
            return (row.live().contains("StatefulSet") ? STATEFUL_SET : ROLLOUT).formatted("checkout", image);
        }

        /** API version and kind of what the ScaledObject scales. */
        private static Object[] scaled(Row row) {
            return Stream.of("Deployment", "StatefulSet")
                    .filter(row.live()::contains)
                    .findFirst()
                    .map(kind -> new Object[] {"apps/v1", kind})
                    .orElse(new Object[] {"argoproj.io/v1alpha1", "Rollout"});
        }

        private static FileChange change(Row row) {
            Commit newest = commit("3f2c1ab");
            Optional<Commit> carries = row.git().contains("trailer of an earlier commit")
                    ? Optional.of(commit("0ddba11"))
                    : Optional.of(newest).filter(commit -> row.git().contains("trailer"));
            return new FileChange(
                    newest, carries.map(commit -> new FreezeOverride(commit, "payments fail")), Optional.empty());
        }

        private static Commit commit(String id) {
            return new Commit("shop", id, "Dana", COMMITTED, "a commit");
        }

        @SuppressWarnings("unchecked") // what a reader made of YAML
        private void observe(Manifest manifest) {
            Map<String, Object> content = new LinkedHashMap<>(manifest.content());
            Map<String, Object> metadata = new LinkedHashMap<>(
                    Map.of("name", manifest.key().name(), "namespace", "shop", "uid", "uid-" + manifest.key()));
            metadata.put("managedFields", owners(manifest));
            content.put("metadata", metadata);
            if (manifest.key().kind().equals("ScaledObject")) {
                int minimum = number(row.live(), "minimum", 5);
                Map<String, Object> spec = new LinkedHashMap<>((Map<String, Object>) content.get("spec"));
                spec.put("minReplicaCount", minimum);
                content.put("spec", spec);
                metadata.put("annotations", annotations(minimum));
            }
            live.put(manifest.key(), new LiveObject(manifest.key(), new Action.Version("uid", "1"), content));
        }

        private Map<String, String> annotations(int minimum) {
            Map<String, String> annotations = new LinkedHashMap<>();
            if (minimum != 5) {
                annotations.put("tidewatch.io/instance", "tidewatch");
                annotations.put("tidewatch.io/source", "shop");
                annotations.put("tidewatch.io/schedule", "shop/checkout");
                annotations.put("tidewatch.io/window", "peak@" + DAY + "13:30:00Z");
                annotations.put("tidewatch.io/baseline", "5..20");
                annotations.put("tidewatch.io/commit", "a0a0a0a");
                annotations.put("tidewatch.io/applied", minimum + "..20");
            }
            if (row.live().contains("held by a person")) {
                annotations.put("tidewatch.io/hold-until", DAY + "20:00:00Z");
            }
            return annotations;
        }

        private List<Object> owners(Manifest manifest) {
            List<Object> owners = new ArrayList<>();
            owners.add(Map.of(
                    "manager", "tidewatch", "operation", "Apply", "fieldsV1", Map.of("f:spec", fields(manifest))));
            row.live().stream()
                    .filter(word -> word.startsWith("kubectl-set at ") && holdsTemplate(manifest.key()))
                    .forEach(word -> owners.add(Map.of(
                            "manager",
                            "kubectl-set",
                            "operation",
                            "Update",
                            "time",
                            DAY + word.substring("kubectl-set at ".length()) + "Z",
                            "fieldsV1",
                            Map.of("f:spec", Map.of("f:template", Map.of())))));
            return owners;
        }

        private static Map<String, Object> fields(Manifest manifest) {
            Map<?, ?> spec = (Map<?, ?>) manifest.content().get("spec");
            return Stream.of("minReplicaCount", "template", "progressDeadlineSeconds")
                    .filter(spec::containsKey)
                    .collect(Collectors.toMap(field -> "f:" + field, field -> Map.of()));
        }

        /** The reasons of the writes, then those of the skipped writes. */
        String describe() {
            Plan plan = plan();
            String described = Stream.concat(
                            plan.actions().stream()
                                    .map(Action::reason)
                                    .map(reason -> reason.replaceFirst(", taken from.*", ""))
                                    .sorted(),
                            plan.skipped().stream().map(Plan.Skipped::reason))
                    .collect(Collectors.joining("; "));
            return described.isEmpty() ? "nothing" : described;
        }

        Plan plan() {
            Definitions definitions = new Definitions(List.of(source));
            DesiredState desired = DesiredStates.at(definitions, row.at());
            ClusterState state = state();
            Set<Target> concerned = Observations.concerned(
                    state,
                    desired.targets(),
                    source.manifests().stream().map(Manifest::key).toList(),
                    "tidewatch");
            SourcePolicy policy = new SourcePolicy("shop", true, !row.git().contains("drift Report"), Set.of());
            return new Planner("tidewatch", Map.of("shop", policy))
                    .plan(definitions, desired, state, Observations.of(state, concerned), diagnoses());
        }

        private ClusterState state() {
            return new ClusterState(
                    row.at(),
                    of("ScaledObject")
                            .map(raw -> ObjectReader.scaledObject(raw, row.at()))
                            .toList(),
                    List.of(),
                    workloads(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    live,
                    Set.of());
        }

        private List<Workload> workloads() {
            return Stream.of(
                            of("Rollout").map(raw -> ObjectReader.rollout(raw, row.at())),
                            of("Deployment").map(raw -> ObjectReader.deployment(raw, row.at())),
                            of("StatefulSet").map(raw -> ObjectReader.statefulSet(raw, row.at())))
                    .<Workload>flatMap(kind -> kind)
                    .toList();
        }

        private Stream<Map<String, Object>> of(String kind) {
            return live.values().stream()
                    .filter(object -> object.key().kind().equals(kind))
                    .map(LiveObject::content);
        }

        private Diagnoses diagnoses() {
            TreeMap<Target, Diagnosis> states = new TreeMap<>();
            Arrays.stream(State.values())
                    .filter(state -> row.live().contains(state.word()))
                    .forEach(state -> states.put(CHECKOUT, diagnosis(state)));
            return new Diagnoses(row.at(), states);
        }

        private static Diagnosis diagnosis(State state) {
            return new Diagnosis(
                    CHECKOUT,
                    "ScaledObject",
                    state,
                    List.of(),
                    Optional.empty(),
                    Certainty.CERTAIN,
                    "",
                    OptionalInt.of(5),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Progress.NONE);
        }

        private static int number(Set<String> words, String name, int otherwise) {
            return words.stream()
                    .filter(word -> word.startsWith(name + " "))
                    .map(word -> Integer.parseInt(word.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
