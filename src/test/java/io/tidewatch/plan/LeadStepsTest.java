package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.PendingLowerings;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.ownership.Leads;
import io.tidewatch.schedule.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each row of the section "Learned leads" of docs/steps.md: one pass over one ScaledObject. */
class LeadStepsTest {

    private static final int CELLS = 6;
    private static final int PLENTY = 100;
    private static final String BY_ANOTHER = ", by kubectl";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5}
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7, leadTime: 2m, readyBy: true, maxLead: 30m}
            """;

    /** One row of the table. */
    record Row(String name, Instant at, int live, String onTheObject, Optional<LearnedLead> learned, String then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> leads() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/steps.md"));
        return lines.subList(lines.indexOf("## Learned leads") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::trim)
                        .toList())
                .map(LeadStepsTest::row);
    }

    private static Row row(List<String> cells) {
        assertThat(cells).hasSize(CELLS);
        Optional<LearnedLead> learned = LearnedLead.read(cells.get(4));
        assertThat(learned.isEmpty()).as(cells.get(4)).isEqualTo(cells.get(4).isEmpty());
        return new Row(
                cells.get(0),
                Instant.parse("2026-11-22T" + cells.get(1) + "Z"),
                Integer.parseInt(cells.get(2)),
                cells.get(3),
                learned,
                cells.get(5));
    }

    @ParameterizedTest
    @MethodSource("leads")
    void rowOfThePage(Row row) {
        Definitions definitions = definitions();
        ScaledObjectView live = live(row);
        DesiredState desired = Timetable.of(definitions).at(row.at(), Leads.of(Stream.of(live)));
        Observation observation = new Observation(
                row.at(),
                Map.of(),
                new TreeMap<>(Map.of(
                        Given.CHECKOUT,
                        new TargetObservation(
                                Given.CHECKOUT,
                                Optional.of(live),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Set.of()))),
                List.of());
        Diagnoses diagnoses = new Diagnoses(
                row.at(),
                new TreeMap<>(Map.of(Given.CHECKOUT, Given.diagnosis(State.WAITING, OptionalInt.of(PLENTY)))));
        LearnedLeads learned = new LearnedLeads(
                row.learned().map(lead -> Map.of(Given.CHECKOUT, lead)).orElse(Map.of()));

        Plan plan = new Planner("tidewatch", Map.of())
                .plan(
                        definitions,
                        desired,
                        ClusterState.NONE,
                        observation,
                        diagnoses,
                        PendingLowerings.NONE,
                        learned,
                        new KnownDecisions());

        assertThat(plan.faults().isEmpty()).isTrue();
        assertThat(described(plan, row)).isEqualTo(row.then());
    }

    private static String described(Plan plan, Row row) {
        return plan.actions().stream()
                .map(Action.SetMinReplicas.class::cast)
                .map(set -> described(set, row))
                .findFirst()
                .or(() -> plan.skipped().stream().map(Plan.Skipped::reason).findFirst())
                .orElse("nothing until " + plan.next().map(TIME::format).orElse("?"));
    }

    private static String described(Action.SetMinReplicas set, Row row) {
        String moved = set.movesMinimum() ? set.from().getAsInt() + " → " + set.to() : "stays " + set.to();
        Map<?, ?> metadata = (Map<?, ?>) set.body().get("metadata");
        Map<?, ?> annotations = (Map<?, ?>) metadata.get("annotations");
        String lead = String.valueOf(annotations.get(Annotations.LEAD));
        assertThat(annotations.get(Annotations.INSTANCE)).isEqualTo("tidewatch");
        assertThat(annotations.get(Annotations.APPLIED_AT))
                .isEqualTo(set.movesMinimum() ? row.at().toString() : "2026-11-21T17:00:00Z");
        return "minimum " + moved + ": " + set.reason() + (lead.equals(row.onTheObject()) ? "" : "; lead " + lead);
    }

    /** As the API server returns it, so that the owner of each annotation counts. */
    private static ScaledObjectView live(Row row) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Annotations.INSTANCE, "tidewatch");
        annotations.put(
                Annotations.WINDOW, row.live() == 7 ? "peak@2026-11-22T13:30:00Z" : "baseline@2026-11-21T17:00:00Z");
        annotations.put(Annotations.APPLIED, (row.live() == 7 ? 7 : 5) + "..100");
        annotations.put(Annotations.APPLIED_AT, "2026-11-21T17:00:00Z");
        String ours = fields(annotations.keySet());
        boolean byAnother = row.onTheObject().endsWith(BY_ANOTHER);
        if (!row.onTheObject().isEmpty()) {
            annotations.put(Annotations.LEAD, row.onTheObject().replace(BY_ANOTHER, ""));
            ours = byAnother ? ours : fields(annotations.keySet());
        }
        return ObjectReader.scaledObject(
                Map.of(
                        "apiVersion",
                        "keda.sh/v1alpha1",
                        "kind",
                        "ScaledObject",
                        "metadata",
                        Map.of(
                                "name",
                                "checkout",
                                "namespace",
                                "shop",
                                "uid",
                                "1",
                                "resourceVersion",
                                "7",
                                "annotations",
                                annotations,
                                "managedFields",
                                byAnother
                                        ? List.of(
                                                writer("tidewatch", ours),
                                                writer("kubectl", fields(Set.of(Annotations.LEAD))))
                                        : List.of(writer("tidewatch", ours))),
                        "spec",
                        Map.of(
                                "scaleTargetRef",
                                Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Rollout", "name", "checkout"),
                                "minReplicaCount",
                                row.live())),
                row.at());
    }

    private static String fields(Set<String> annotations) {
        return annotations.stream().sorted().collect(Collectors.joining(" "));
    }

    private static Map<String, Object> writer(String manager, String annotations) {
        Map<String, Object> owned = new LinkedHashMap<>();
        Arrays.stream(annotations.split(" ")).forEach(name -> owned.put("f:" + name, Map.of()));
        return Map.of(
                "manager",
                manager,
                "operation",
                "Apply",
                "time",
                "2026-11-21T17:00:00Z",
                "fieldsV1",
                Map.of("f:metadata", Map.of("f:annotations", owned)));
    }

    private static Definitions definitions() {
        TreeMap<String, String> files = new TreeMap<>(Map.of("night.yaml", SCHEDULE));
        Checkout checkout =
                new Checkout(new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
        assertThat(source.problems()).filteredOn(Problem::isError).isEmpty();
        return new Definitions(List.of(source));
    }
}
