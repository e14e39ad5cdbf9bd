package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.Pass;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the leads of targets are worked out, and from which raises. Noon in Seoul is 03:00 UTC. */
class LeadsStageTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Target CART = new Target("shop", "cart");
    private static final Instant MORNING = Instant.parse("2026-11-22T02:59:59Z");
    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

    private final List<Map<Target, Instant>> queries = new ArrayList<>();
    private Optional<Map<Target, List<Duration>>> journal = Optional.of(Map.of(CHECKOUT, raises(6, 300)));
    private int passes;
    private final LeadsStage stage = new LeadsStage(
            before -> {
                queries.add(before);
                return journal;
            },
            () -> passes++);

    @Test
    void raisesUntilTheLastNoonInTheZoneOfTheScheduleCount() {
        stage.learn(pass(MORNING, 1));

        assertThat(queries).containsExactly(Map.of(CHECKOUT, Instant.parse("2026-11-21T03:00:00Z")));
        assertThat(stage.learnedLeads().of(CHECKOUT))
                .contains(new LearnedLead(Duration.ofMinutes(5), 6, LocalDate.of(2026, 11, 21)));
    }

    @Test
    void eachTargetIsWorkedOutOnceADay() {
        stage.learn(pass(MORNING, 1));
        stage.learn(pass(MORNING.plusMillis(1), 1));
        journal = Optional.of(Map.of(CHECKOUT, raises(7, 400)));
        stage.learn(pass(MORNING.plusMillis(2), 1));
        assertThat(queries).hasSize(1);

        stage.learn(pass(NOON, 1));

        assertThat(queries).hasSize(2);
        assertThat(stage.learnedLeads().of(CHECKOUT))
                .contains(new LearnedLead(Duration.ofMinutes(7), 7, LocalDate.of(2026, 11, 22)));
        assertThat(passes).as("a pass for each lead that is new").isEqualTo(2);
    }

    @Test
    void restartOnTheSameDayLearnsTheSame() {
        stage.learn(pass(MORNING, 1));
        LeadsStage restarted = new LeadsStage(before -> journal, () -> {});
        restarted.learn(pass(MORNING.minusSeconds(80_000), 1));

        assertThat(restarted.learnedLeads()).isEqualTo(stage.learnedLeads());
    }

    @Test
    void journalThatCannotBeReadIsQueriedAgainAfterAMinute() {
        journal = Optional.empty();
        stage.learn(pass(NOON, 1));
        stage.learn(pass(NOON.plusSeconds(59), 1));
        assertThat(queries).hasSize(1);
        assertThat(stage.learnedLeads().isEmpty()).isTrue();

        journal = Optional.of(Map.of(CHECKOUT, raises(5, 61)));
        stage.learn(pass(NOON.plusSeconds(60), 1));

        assertThat(stage.learnedLeads().of(CHECKOUT).map(LearnedLead::length)).contains(Duration.ofSeconds(90));
    }

    @Test
    void fourRaisesTeachNothing() {
        journal = Optional.of(Map.of(CHECKOUT, raises(4, 300)));
        stage.learn(pass(NOON, 1));

        assertThat(stage.learnedLeads().isEmpty()).isTrue();
    }

    @Test
    void manyTargetsAreQueriedInBoundedParts() {
        stage.learn(pass(NOON, 1_201));

        assertThat(queries).extracting(Map::size).containsExactly(500, 500, 201);
    }

    @Test
    void targetWithoutScheduleIsForgotten() {
        stage.learn(pass(NOON, 1));
        stage.learn(pass(NOON.plusSeconds(1), 0));

        assertThat(stage.learnedLeads().isEmpty()).isTrue();
    }

    private static List<Duration> raises(int number, int seconds) {
        return IntStream.range(0, number)
                .mapToObj(i -> Duration.ofSeconds(seconds))
                .toList();
    }

    private static final Map<Integer, Definitions> READ = new HashMap<>();

    private static Pass pass(Instant at, int targets) {
        Definitions definitions = READ.computeIfAbsent(targets, LeadsStageTest::definitions);
        return Pass.begin(definitions, Timetable.of(definitions).at(at), Diagnoses.NONE);
    }

    private static Definitions definitions(int targets) {
        TreeMap<String, String> files = new TreeMap<>();
        for (int i = 0; i < targets; i++) {
            String name = i == 0 ? CHECKOUT.name() : "web-" + i;
            files.put(name + ".yaml", SCHEDULE.formatted(name, name, "leadTime: 1m"));
        }
        files.put("cart.yaml", SCHEDULE.formatted(CART.name(), CART.name(), "priority: 1"));
        Checkout checkout =
                new Checkout(new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
        assertThat(source.problems()).filteredOn(Problem::isError).isEmpty();
        return new Definitions(List.of(source));
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: %s, namespace: shop}
            spec:
              scaledObjectRef: {name: %s}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5}
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7, %s}
            """;
}
