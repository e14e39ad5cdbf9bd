package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each row of the section "Longer progress deadlines" of docs/steps.md: one pass over definitions as text and live objects. */
class ExtensionStepsTest {

    private static final int CELLS = 7;
    private static final String DAY = "2026-11-22T";

    /**
     * One row of the table.
     *
     * @param state words about the diagnosis
     * @param git words about the commit in force
     * @param live words about the live Rollout
     * @param remembered words about the annotation of the ScaledObject
     * @param then type and reason of each write, then the reasons of skipped writes, or when the next pass is due
     */
    record Row(
            String name,
            Instant at,
            Set<String> state,
            Set<String> git,
            Set<String> live,
            Set<String> remembered,
            String then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/steps.md"));
        return lines.subList(lines.indexOf("## Longer progress deadlines") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                .map(line -> line.substring(1, line.length() - 1).split("\\|"))
                .map(ExtensionStepsTest::row);
    }

    private static Row row(String[] cells) {
        assertThat(cells).as(Arrays.toString(cells)).hasSize(CELLS);
        return new Row(
                cells[0].trim(),
                Instant.parse(DAY + cells[1].trim() + "Z"),
                words(cells[2]),
                words(cells[3]),
                words(cells[4]),
                words(cells[5]),
                cells[6].trim());
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(",")).map(String::trim).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowOfThePage(Row row) {
        assertThat(new OnePass(row).describe()).isEqualTo(row.then());
    }

    @Test
    void thePageHasRows() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(25);
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
              freezeRollouts: %s
              checks: {timeout: 20m}
              remedies: %s
            """;

    private static final String ROLLOUT = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              %s
              selector: {matchLabels: {app: checkout}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: app, image: "shop:%s"}]}
              strategy: {canary: {}}
            """;

    private static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: metrics-api, metadata: {targetValue: "10"}}]
            """;

    /** One pass of a new process. */
    private static final class OnePass {

        private static final Target CHECKOUT = new Target("shop", "checkout");
        private static final Instant COMMITTED = Instant.parse(DAY + "13:00:00Z");

        /** When the time of the step is over. */
        private static final Instant DEADLINE = Instant.parse(DAY + "13:50:15Z");

        private final Row row;
        private final boolean applies;
        private final SourceDefinitions source;
        private final Map<ObjectKey, LiveObject> live = new LinkedHashMap<>();

        OnePass(Row row) {
            this.row = row;
            applies = !row.git().contains("not applied");
            Map<String, String> files = new TreeMap<>();
            files.put("rollout.yaml", rollout(row.git(), row.git().contains("image 2") ? 2 : 1));
            files.put("scaled.yaml", SCALED_OBJECT);
            if (!row.git().contains("no schedule")) {
                files.put("schedule.yaml", schedule(row.git()));
            }
            source = new DefinitionReader()
                    .read(
                            new Checkout(
                                    commit(),
                                    new TreeMap<>(files),
                                    files.keySet(),
                                    new TreeMap<>(Map.of(
                                            "rollout.yaml",
                                            new FileChange(commit(), Optional.empty(), Optional.empty())))),
                            Optional.empty(),
                            PastTexts.NONE);
            SourceDefinitions applied = new DefinitionReader()
                    .read(
                            new Checkout(
                                    commit(),
                                    new TreeMap<>(Map.of(
                                            "rollout.yaml", rollout(row.live(), 1), "scaled.yaml", SCALED_OBJECT)),
                                    Set.of("rollout.yaml", "scaled.yaml"),
                                    new TreeMap<>()),
                            Optional.empty(),
                            PastTexts.NONE);
            applied.manifests().forEach(this::observe);
        }

        private static String schedule(Set<String> git) {
            String remedies = git.contains("no remedies")
                    ? "[]"
                    : "[{type: ExtendProgressDeadline, by: 10m, attempts: " + (git.contains("2 attempts") ? 2 : 1)
                            + "}]";
            return SCHEDULE.formatted(git.contains("freeze"), remedies);
        }

        private static String rollout(Set<String> words, int image) {
            String deadline = words.stream()
                    .map(word -> word.split(" ")[0])
                    .filter(word -> word.matches("\\d+"))
                    .findFirst()
                    .map(seconds -> "progressDeadlineSeconds: " + seconds)
                    .orElse("minReadySeconds: 0");
            return ROLLOUT.formatted(deadline, image);
        }

        private static Commit commit() {
            return new Commit("shop", "3f2c1ab", "Dana", COMMITTED, "a commit");
        }

        @SuppressWarnings("unchecked") // what a reader made of YAML
        private void observe(Manifest manifest) {
            Map<String, Object> content = new LinkedHashMap<>(manifest.content());
            Map<String, Object> metadata = new LinkedHashMap<>(Map.of(
                    "name", "checkout", "namespace", "shop", "uid", "uid-" + manifest.key(), "resourceVersion", "1"));
            content.put("metadata", metadata);
            Map<String, Object> spec = new LinkedHashMap<>((Map<String, Object>) content.get("spec"));
            content.put("spec", spec);
            if (manifest.key().kind().equals("ScaledObject")) {
                spec.put("minReplicaCount", 7);
                metadata.put("annotations", annotations());
                metadata.put("managedFields", List.of(owner("tidewatch", "Apply", "minReplicaCount")));
            } else {
                metadata.put("managedFields", owners(spec.containsKey("progressDeadlineSeconds")));
                content.put("status", status());
            }
            live.put(manifest.key(), new LiveObject(manifest.key(), new Action.Version("uid", "1"), content));
        }

        private Map<String, Object> status() {
            Map<String, Object> status = new LinkedHashMap<>(Map.of("stableRS", "abc", "currentPodHash", "abc"));
            boolean timedOut = row.live().contains("timed out");
            String progressing = timedOut ? "False" : "True";
            String reason = timedOut
                    ? "ProgressDeadlineExceeded"
                    : row.live().contains("complete") ? "NewReplicaSetAvailable" : "ReplicaSetNotAvailable";
            status.put(
                    "conditions",
                    List.of(Map.of(
                            "type",
                            "Progressing",
                            "status",
                            progressing,
                            "reason",
                            reason,
                            "lastUpdateTime",
                            DAY + "13:32:00Z")));
            if (row.live().contains("paused")) {
                status.put("controllerPause", true);
            }
            return status;
        }

        private List<Object> owners(boolean hasDeadline) {
            List<Object> owners = new ArrayList<>();
            if (applies) {
                owners.add(owner("tidewatch", "Apply", "template", "selector", "strategy"));
            }
            Optional<String> other = row.live().stream()
                    .filter(word -> word.contains(" of "))
                    .map(word -> word.substring(word.indexOf(" of ") + 4))
                    .findFirst();
            if (hasDeadline) {
                owners.add(owner(
                        other.orElse("tidewatch"),
                        applies || other.isPresent() ? "Apply" : "Update",
                        "progressDeadlineSeconds"));
            }
            return owners;
        }

        private static Map<String, Object> owner(String manager, String operation, String... fields) {
            Map<String, Object> owned = new LinkedHashMap<>();
            Arrays.stream(fields).forEach(field -> owned.put("f:" + field, Map.of()));
            return Map.of("manager", manager, "operation", operation, "fieldsV1", Map.of("f:spec", owned));
        }

        private Map<String, String> annotations() {
            Map<String, String> annotations = new LinkedHashMap<>();
            annotations.put("tidewatch.io/instance", "tidewatch");
            annotations.put("tidewatch.io/source", "shop");
            if (!row.remembered().contains("restored")) {
                annotations.put("tidewatch.io/schedule", "shop/checkout");
                annotations.put("tidewatch.io/window", "peak@" + DAY + "13:30:00Z");
                annotations.put("tidewatch.io/baseline", "5..20");
                annotations.put("tidewatch.io/commit", "3f2c1ab");
                annotations.put("tidewatch.io/applied", "7..20");
            }
            String attempts = row.remembered().contains("before the edge")
                    ? ""
                    : "ExtendProgressDeadline=1@" + DAY + "13:37:00Z ";
            row.remembered().stream()
                    .filter(word -> word.contains("/"))
                    .forEach(word ->
                            annotations.put("tidewatch.io/remedies", attempts + "night=2026-11-22/1 deadline=" + word));
            row.remembered().stream()
                    .filter(word -> word.startsWith("night of "))
                    .forEach(word -> annotations.put(
                            "tidewatch.io/remedies", "night=2026-11-22/" + word.substring("night of ".length())));
            if (row.remembered().contains("1 attempt")) {
                annotations.put("tidewatch.io/remedies", attempts + "night=2026-11-22/1");
            }
            return annotations;
        }

        String describe() {
            Plan plan = plan();
            String described = Stream.concat(
                            plan.actions().stream()
                                    .map(action -> action.type() + ": " + action.reason())
                                    .sorted(),
                            plan.skipped().stream().map(Plan.Skipped::reason))
                    .collect(Collectors.joining("; "));
            Optional<String> next = plan.next()
                    .filter(DEADLINE::isAfter)
                    .map(at -> "checks again at " + at.toString().substring(DAY.length(), DAY.length() + 8));
            return described.isEmpty() ? next.orElse("nothing") : described;
        }

        private Plan plan() {
            Definitions definitions = new Definitions(List.of(source));
            DesiredState desired = DesiredStates.at(definitions, row.at());
            ClusterState state = new ClusterState(
                    row.at(),
                    of("ScaledObject")
                            .map(raw -> ObjectReader.scaledObject(raw, row.at()))
                            .toList(),
                    List.of(),
                    of("Rollout")
                            .map(raw -> ObjectReader.rollout(raw, row.at()))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    live,
                    Set.of());
            Set<Target> concerned = Observations.concerned(
                    state,
                    desired.targets(),
                    source.manifests().stream().map(Manifest::key).toList(),
                    "tidewatch");
            SourcePolicy policy = new SourcePolicy("shop", applies, true, Set.of());
            return new Planner("tidewatch", Map.of("shop", policy))
                    .plan(definitions, desired, state, Observations.of(state, concerned), diagnoses());
        }

        private Stream<Map<String, Object>> of(String kind) {
            return live.values().stream()
                    .filter(object -> object.key().kind().equals(kind))
                    .map(LiveObject::content);
        }

        private Diagnoses diagnoses() {
            State state = Arrays.stream(State.values())
                    .filter(one -> row.state().contains(one.word()))
                    .findFirst()
                    .orElseThrow();
            int available = number("available", 7);
            List<Cause> causes = Arrays.stream(Cause.values())
                    .filter(cause -> row.state().contains(cause.word()))
                    .toList();
            Diagnosis diagnosis = new Diagnosis(
                    CHECKOUT,
                    "ScaledObject",
                    state,
                    causes,
                    row.state().contains("at the HPA") ? Optional.of(Hop.HPA) : Optional.of(Hop.POD),
                    Certainty.CERTAIN,
                    "",
                    OptionalInt.of(7),
                    Optional.empty(),
                    Optional.of(new Counters(7, 7, 7, available, available)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Progress.NONE.with(Progress.DueTimes.NONE.withDeadline(
                            state == State.WAITING ? Optional.of(DEADLINE) : Optional.empty())));
            return new Diagnoses(row.at(), new TreeMap<>(Map.of(CHECKOUT, diagnosis)));
        }

        private int number(String name, int otherwise) {
            return row.state().stream()
                    .filter(word -> word.endsWith(" " + name))
                    .map(word -> Integer.parseInt(word.split(" ")[0]))
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
