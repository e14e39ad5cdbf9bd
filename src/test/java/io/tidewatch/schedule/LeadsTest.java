package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.Definitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The work that leads take is counted in starts that are judged; before, every instant judged all within a day again. */
class LeadsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Optional<Bounds> BASELINE = Optional.of(new Bounds(5, 20));
    private static final int WINDOWS = 200;
    private static final int STARTS_A_DAY = 2 * WINDOWS;
    private static final int BOUNDARIES = 400;

    @Test
    void eachStartIsEvaluatedOnceHoweverManyInstantsAreEvaluated() {
        CompiledSchedule worst = worst();
        Leads leads = new Leads(worst, BASELINE);
        List<Instant> asked = new ArrayList<>();
        Boundaries boundaries = new Boundaries(worst, NOON, new LeadTimes(worst, BASELINE));
        for (int i = 0; i < BOUNDARIES; i++) {
            asked.add(boundaries.next().orElseThrow());
        }
        asked.forEach(instant -> worst.at(instant, BASELINE, leads));

        Duration span = Duration.between(NOON, asked.get(BOUNDARIES - 1)).plusDays(1);
        assertThat(leads.evaluated())
                .as("starts within %s", span)
                .isBetween(WINDOWS, (int) (span.toDays() + 1) * STARTS_A_DAY);
    }

    @Test
    void searchingBackEvaluatesEachStartOnceAsWell() {
        CompiledSchedule worst = worst();
        Leads leads = new Leads(worst, BASELINE);
        for (int i = 0; i < BOUNDARIES; i++) {
            worst.at(NOON.minus(Duration.ofMinutes(i)), BASELINE, leads);
        }

        assertThat(leads.evaluated()).isLessThanOrEqualTo(3 * STARTS_A_DAY);
    }

    @Test
    void keptLeadsGiveTheAnswersOfFreshOnes() {
        CompiledSchedule worst = worst();
        Leads leads = new Leads(worst, BASELINE);
        for (int minute : new int[] {0, 7, 90, 30, -400, -399, 1_500, 1_499, 3_000, -3_000, 0}) {
            Instant instant = NOON.plus(Duration.ofMinutes(minute));
            assertThat(worst.at(instant, BASELINE, leads)).as("at %s", instant).isEqualTo(worst.at(instant, BASELINE));
        }
    }

    /** Of the windows of one minute the later ones win, so that most starts of a lead do not count. */
    private static CompiledSchedule worst() {
        String windows = IntStream.range(0, WINDOWS)
                .mapToObj(i -> "{name: w%d, start: \"%d */12 * * *\", duration: 11h, minReplicas: %d, leadTime: 24h}"
                        .formatted(i, i % 60, 6 + i % 7))
                .collect(Collectors.joining(", "));
        String text = """
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {minReplicaCount: 5, maxReplicaCount: 20}
                ---
                kind: ScaleSchedule
                metadata: {name: worst, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  windows: [%s]
                """.formatted(windows);
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml().loadAll(text).forEach(document -> documents.add(map(document)));
        Definitions definitions = Written.definitions(documents);
        return Timetable.of(definitions).targets().get(0).compiled();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object document) {
        return (Map<String, Object>) document;
    }
}
