package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lowering with {@code beforeDown: Require} waits for, on dumps of real workloads of each kind. */
class BeforeDownTest {

    private static final int ENOUGH = 9;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        up-converged                       | x-up-converged/checkout                        |
        canary-step-paused                 | x-canary-step-paused/checkout                  | an update of Rollout checkout is in progress
        deployment-up-converged            | w-deployment-up/checkout                       |
        deployment-rolling-up              | v-deployment-rolling/checkout                  | an update of Deployment checkout is in progress
        deployment-broken-update           | w-deployment-broken/checkout                   | an update of Deployment checkout is in progress
        deployment-paused-scales           | w-deployment-paused/checkout                   |
        deployment-paused-commit           | v-deployment-paused-commit/checkout            |
        deployment-paused-mid-update       | v-deployment-paused-mid/checkout               |
        statefulset-up-converged           | w-sts-up/checkout                              |
        statefulset-rolling-up             | v-statefulset-rolling/checkout                 | an update of StatefulSet checkout is in progress
        statefulset-broken-update          | v-statefulset-broken-update/checkout           | an update of StatefulSet checkout is in progress
        statefulset-parallel-broken-update | v-statefulset-parallel-broken-update/checkout  | an update of StatefulSet checkout is in progress
        statefulset-partition              | w-sts-partition/checkout                       |
        statefulset-on-delete              | v-statefulset-on-delete/checkout               |
        replicaset-up                      | v-replicaset-up/checkout                       |
        """)
    void anUpdateInFlightIsWaitedForAndAParkedOneIsNot(String dump, String of, String waits) {
        TargetObservation seen = seen(dump, of);

        assertThat(lower(seen, Given.CLOSES).map(Skipped::reason)).isEqualTo(Optional.ofNullable(waits));
        assertThat(lower(seen, Given.CLOSES.plus(Duration.ofMinutes(5)))).isEmpty();
    }

    /** A partition counts from the first ordinal: pods from there on have the new template, and the update goes no further. */
    @Test
    void aPartitionIsCountedFromTheFirstOrdinal() {
        List<Map<String, Object>> objects = dump("statefulset-partition");
        Map<String, Object> statefulSet = objects.stream()
                .filter(object -> "StatefulSet".equals(object.get("kind")))
                .findFirst()
                .orElseThrow();
        part(statefulSet, "spec", "updateStrategy", "rollingUpdate").put("partition", 2);
        Target target = new Target("w-sts-partition", "checkout");
        assertThat(lower(seen(objects, target), Given.CLOSES))
                .as("checkout-2 is still to change")
                .isPresent();

        part(statefulSet, "spec", "ordinals").put("start", 1);
        assertThat(lower(seen(objects, target), Given.CLOSES))
                .as("checkout-3 is the third")
                .isEmpty();
    }

    private static Optional<Skipped> lower(TargetObservation seen, Instant now) {
        DesiredBounds desired = Given.afterWindow(ConflictPolicy.ADOPT);
        return new TargetDecision(
                        desired,
                        seen,
                        Given.after(Given.inWindow(ConflictPolicy.ADOPT), 7, 7, "tidewatch"),
                        Optional.of(Given.diagnosis(State.CONVERGED, OptionalInt.of(ENOUGH))),
                        Optional.empty(),
                        Optional.empty(),
                        Budgets.NONE,
                        "tidewatch",
                        Optional.empty(),
                        Optional.empty(),
                        new Moment(now))
                .decide()
                .skipped();
    }

    private static TargetObservation seen(String dump, String of) {
        String[] parts = of.split("/");
        return seen(dump(dump), new Target(parts[0], parts[1]));
    }

    private static TargetObservation seen(List<Map<String, Object>> objects, Target target) {
        Instant at = Instant.parse("2026-11-30T12:00:00Z");
        return Observations.of(new Dump(objects, List.of()).read(at), Set.of(target))
                .targets()
                .get(target);
    }

    private static List<Map<String, Object>> dump(String name) {
        try (var in = BeforeDownTest.class.getResourceAsStream("/cases/" + name + ".yaml")) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return Dump.parse(name, new String(bytes, StandardCharsets.UTF_8)).objects();
        } catch (IOException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> object, String... path) {
        Map<String, Object> at = object;
        for (String key : path) {
            at = (Map<String, Object>) at.computeIfAbsent(key, absent -> new java.util.HashMap<>());
        }
        return at;
    }
}
