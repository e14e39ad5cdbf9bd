package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a raise begins that learns its lead: the window starts at 13:30 UTC, 5 to 12 replicas, leadTime 2m, maxLead 10m. */
class LearnedLeadEdgesTest {

    private static final Instant START = Instant.parse("2026-11-22T13:30:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Target CART = new Target("shop", "cart");

    @ParameterizedTest(name = "{1}, learned {2}: from {3} on")
    @CsvSource(delimiter = '|', textBlock = """
            # readyBy | ramp                           | learned | from
             true     | {}                             |         | 13:28:00
             true     | {}                             | PT1M    | 13:28:00
             true     | {}                             | PT6M30S | 13:23:30
             true     | {}                             | PT41M   | 13:20:00
             false    | {}                             | PT6M30S | 13:28:00
             true     | {up: {step: 3, pause: 1m}}     |         | 13:25:00
             true     | {up: {step: 3, pause: 1m}}     | PT1M    | 13:27:00
             true     | {up: {step: 3, pause: 1m}}     | PT6M30S | 13:23:30
             true     | {up: {step: 1, pause: 2m}}     | PT6M30S | 13:16:00
             true     | {up: {step: 1, pause: 2m}}     | PT41M   | 13:16:00
             false    | {up: {step: 3, pause: 1m}}     | PT6M30S | 13:25:00
             true     | {down: {step: 1, pause: 10m}}  | PT6M30S | 13:23:30
            """)
    void raiseBegins(String readyBy, String ramp, Duration learned, String from) {
        Timetable timetable = timetable(readyBy, ramp);
        Instant acts = Instant.parse("2026-11-22T" + from + "Z");
        LearnedLeads leads = learned == null ? LearnedLeads.NONE : leads(Map.of(CHECKOUT, learned));

        assertThat(timetable.between(START, START.plusSeconds(1), leads))
                .extracting(Edge::target, Edge::actsAt)
                .contains(org.assertj.core.groups.Tuple.tuple(CHECKOUT, acts));
        assertThat(minimum(timetable, CHECKOUT, acts.minusNanos(1), leads)).isEqualTo(5);
        assertThat(minimum(timetable, CHECKOUT, acts, leads)).isEqualTo(12);
        assertThat(timetable.at(acts.minusSeconds(1), leads).next()).contains(acts);
    }

    @Test
    void eachTargetOfAScheduleHasItsOwnLead() {
        Timetable timetable = timetable("true", "{}");
        LearnedLeads leads = leads(Map.of(CHECKOUT, Duration.ofMinutes(6), CART, Duration.ofMinutes(3)));
        Instant between = START.minus(Duration.ofMinutes(4));

        assertThat(minimum(timetable, CHECKOUT, between, leads)).isEqualTo(12);
        assertThat(minimum(timetable, CART, between, leads)).isEqualTo(5);
        assertThat(timetable.at(between, leads).next()).contains(START.minus(Duration.ofMinutes(3)));
    }

    @Test
    void moreLeadsThanAreKeptHaveTheirOwnAnswersAllTheSame() {
        Timetable timetable = timetable("true", "{}");
        for (int round = 0; round < 2; round++) {
            for (int units = 0; units <= 300; units++) {
                Duration lead = Duration.ofSeconds(units);
                Duration counts = lead.compareTo(Duration.ofMinutes(2)) < 0 ? Duration.ofMinutes(2) : lead;
                LearnedLeads leads = leads(Map.of(CHECKOUT, lead));

                assertThat(minimum(timetable, CHECKOUT, START.minus(counts).minusSeconds(1), leads))
                        .isEqualTo(5);
                assertThat(minimum(timetable, CHECKOUT, START.minus(counts), leads))
                        .isEqualTo(12);
            }
        }
    }

    private static int minimum(Timetable timetable, Target target, Instant at, LearnedLeads leads) {
        DesiredBounds desired = timetable.at(at, leads).of(target).orElseThrow();
        return desired.goal().min();
    }

    private static LearnedLeads leads(Map<Target, Duration> lengths) {
        Map<Target, LearnedLead> leads = new TreeMap<>();
        lengths.forEach((target, length) -> leads.put(target, new LearnedLead(length, 14, LocalDate.of(2026, 11, 21))));
        return new LearnedLeads(leads);
    }

    private static Timetable timetable(String readyBy, String ramp) {
        SortedMap<String, String> files = new TreeMap<>(Map.of("night.yaml", FILE.formatted(readyBy, ramp)));
        Checkout checkout =
                new Checkout(new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
        assertThat(source.problems()).filteredOn(Problem::isError).isEmpty();
        return Timetable.of(new Definitions(List.of(source)));
    }

    private static final String FILE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: web, namespace: shop}
            spec:
              scaledObjectSelector: {matchLabels: {tier: web}}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 12, leadTime: 2m, maxLead: 10m, readyBy: %s}
              ramp: %s
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop, labels: {tier: web}}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: cpu, metadata: {value: "70"}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: cart, namespace: shop, labels: {tier: web}}
            spec:
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: cart}
              minReplicaCount: 5
              maxReplicaCount: 20
              triggers: [{type: cpu, metadata: {value: "70"}}]
            """;
}
