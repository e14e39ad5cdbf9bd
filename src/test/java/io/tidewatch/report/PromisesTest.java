package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Promise.Reach;
import io.tidewatch.schedule.DesiredStates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By when a step is to be where it leads: window 22:30 to 02:00 in Seoul, 5 and 12 replicas, follow 2m, timeout 5m. */
class PromisesTest {

    @ParameterizedTest(name = "lead {0}, ramp {1}, at {2}: {3} by {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # lead | ramp                      | edge     | from | reach | by
             0s    | {}                        | 13:30:00 | 5    | PODS  | 13:37:00
             10m   | {}                        | 13:20:00 | 5    | PODS  | 13:30:00
             0s    | {up: {step: 3, pause: 1m}}  | 13:27:00 | 5    | PODS  | 13:37:00
             10m   | {up: {step: 3, pause: 1m}}  | 13:17:00 | 5    | PODS  | 13:30:00
             0s, readyBy: true  | {}           | 13:30:00 | 5    | PODS  | 13:30:00
             2m, readyBy: true  | {}           | 13:28:00 | 5    | PODS  | 13:30:00
             0s    | {}                        | 17:00:00 | 12   | HPA   | 17:07:00
             0s    | {down: {step: 3, pause: 4m}} | 17:00:00 | 12   | HPA   | 17:15:00
            """)
    void promise(String lead, String ramp, String edge, int from, Reach reach, String by) {
        DesiredBounds desired = desired(instant(edge), lead, ramp);

        assertThat(new Promises(desired, from).promise(instant(edge))).isEqualTo(new Promise(reach, instant(by)));
    }

    private static DesiredBounds desired(Instant at, String lead, String ramp) {
        SortedMap<String, String> files = new TreeMap<>(Map.of("night.yaml", SCHEDULE.formatted(lead, ramp)));
        Checkout checkout =
                new Checkout(new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
        assertThat(source.problems()).filteredOn(Problem::isError).isEmpty();
        return DesiredStates.at(new Definitions(List.of(source)), at)
                .of(new Target("shop", "checkout"))
                .orElseThrow();
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 12, leadTime: %s}
              ramp: %s
            """;

    private static Instant instant(String time) {
        return Instant.parse("2026-11-22T" + time + "Z");
    }
}
