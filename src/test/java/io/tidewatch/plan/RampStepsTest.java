package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.Ramp.Pace;
import io.tidewatch.model.definition.Ramp.Size;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.ownership.Ramps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each row of the section "Ramps" of docs/steps.md: one pass over one ScaledObject. */
class RampStepsTest {

    private static final int CELLS = 6;
    private static final Instant NOW = Given.OPENS;
    private static final int PLENTY = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** One row of the table. */
    record Row(String name, int live, List<String> written, String ramp, int desired, String then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> ramps() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/steps.md"));
        return lines.subList(lines.indexOf("## Ramps") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::trim)
                        .toList())
                .map(RampStepsTest::row);
    }

    private static Row row(List<String> cells) {
        assertThat(cells).hasSize(CELLS);
        return new Row(
                cells.get(0),
                Integer.parseInt(cells.get(1)),
                Arrays.stream(cells.get(2).split(",")).map(String::trim).toList(),
                cells.get(3),
                Integer.parseInt(cells.get(4)),
                cells.get(5));
    }

    @ParameterizedTest
    @MethodSource("ramps")
    void rowOfThePage(Row row) {
        Observation observation = observation(row);
        DesiredState desired = Ramps.steps(
                        new DesiredState(NOW, new TreeMap<>(Map.of(Given.CHECKOUT, desired(row))), new TreeSet<>()),
                        observation)
                .desired();
        Diagnoses diagnoses = new Diagnoses(NOW, new TreeMap<>(Map.of(Given.CHECKOUT, diagnosis(row))));

        Plan plan = new Planner("tidewatch", Map.of())
                .plan(Definitions.NONE, desired, ClusterState.NONE, observation, diagnoses);

        assertThat(described(plan)).isEqualTo(row.then());
    }

    private static String described(Plan plan) {
        String until = plan.next().map(at -> " until " + TIME.format(at)).orElse("");
        return plan.actions().stream()
                .map(Action.SetMinReplicas.class::cast)
                .map(set -> "minimum " + set.from().getAsInt() + " → " + set.to() + ": " + set.reason())
                .findFirst()
                .or(() -> plan.skipped().stream().map(Plan.Skipped::reason).findFirst())
                .orElse("nothing" + until);
    }

    private static Observation observation(Row row) {
        Map<String, String> record = new TreeMap<>();
        if (!row.written().get(0).isEmpty()) {
            long ago = row.written().size() > 1
                    ? Long.parseLong(row.written().get(1).replaceAll("[^0-9-]", ""))
                    : 0;
            record.put(Annotations.INSTANCE, "tidewatch");
            record.put(
                    Annotations.WINDOW,
                    isOfThisPeriod(row) ? desired(row).period() : "another@" + NOW.minusSeconds(7200));
            record.put(Annotations.APPLIED, row.written().get(0) + "..100");
            record.put(Annotations.APPLIED_AT, NOW.minusSeconds(ago).toString());
        }
        if (!row.ramp().isEmpty()) {
            record.put(Annotations.RAMP, row.ramp() + " since " + NOW.minusSeconds(600));
        }
        return new Observation(
                NOW,
                Map.of(),
                new TreeMap<>(Map.of(
                        Given.CHECKOUT,
                        new TargetObservation(
                                Given.CHECKOUT,
                                Optional.of(LiveScaledObject.of(row.live(), record, List.of(), NOW)),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Set.of()))),
                List.of());
    }

    /** A ramp in the direction of the period that counts now began in it. */
    private static boolean isOfThisPeriod(Row row) {
        return row.ramp().startsWith(row.desired() == Given.BASELINE.min() ? "down" : "up");
    }

    private static DesiredBounds desired(Row row) {
        boolean inWindow = row.desired() != Given.BASELINE.min();
        ScaleSchedule schedule = new ScaleSchedule(
                "shop",
                "checkout-midnight",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName("checkout"),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                ConflictPolicy.ADOPT,
                new Ramp(
                        Optional.of(new Pace(new Size.Absolute(5), Duration.ofSeconds(30))),
                        Optional.of(new Pace(new Size.Absolute(2), Duration.ofSeconds(60)))),
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                Given.CHECKOUT,
                schedule,
                Given.COMMIT,
                Given.BASELINE,
                false,
                Current.of(new Bounds(row.desired(), 100))
                        .in(
                                inWindow
                                        ? Optional.of(new OpenWindow("launch", NOW, NOW.plusSeconds(7200), false))
                                        : Optional.empty())
                        .since(Optional.of(NOW)));
    }

    private static Diagnosis diagnosis(Row row) {
        int available = row.written().stream()
                .filter(word -> word.endsWith(" available"))
                .map(word -> Integer.parseInt(word.replace(" available", "")))
                .findFirst()
                .orElse(PLENTY);
        return Given.diagnosis(State.WAITING, OptionalInt.of(available));
    }
}
