package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.replay.CausalOrder;
import io.tidewatch.playground.replay.RecordingMatcher;
import io.tidewatch.playground.replay.RollingUpdate;
import io.tidewatch.playground.replay.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulated controllers of Deployments and StatefulSets replay what kube-controller-manager 1.36 was recorded doing: five
 * steps in a row, each from where the one before ended. How fast the controllers and the kubelet were that time is part of the
 * recorded machine, and is given.
 */
class RecordedWorkloadsTest {
    private static final List<String> STEPS =
            List.of("1-up-5-7", "2-commit-inside-window", "3-down-7-5", "4-broken-commit", "5-up-in-broken");

    /** Faster than the kubelet: in two recordings a pod was ready 10 ms after its creation. */
    private static final Duration REACTION = Duration.ofMillis(2);

    private static final SimulationOptions OPTIONS =
            SimulationOptions.of(RolloutsVersion.V1_9_1).withHpaSyncPeriod(Duration.ofSeconds(2));

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "parallel"})
    void theRecordedStepsAreReplayed(String workload) {
        try (Replay replay = new Replay(OPTIONS)) {
            replay.stage.controllers.workloadsReactAfter(REACTION);
            begin(replay.stage, workload);
            replay.stage.pass(Duration.ofSeconds(11));
            for (String step : STEPS) {
                String name = "kube1.36-" + workload + "-" + step;
                Trace recorded = Trace.recorded(name);
                replay.stage.controllers.podReadyAfter(Replay.asRecorded(recorded));
                Trace run = replay.does(recorded.stimuli().get(0), Duration.ofSeconds(20));
                assertThat(differences(name, recorded, run)).as(name).isEmpty();
                assertThat(CausalOrder.broken(run)).as("%s: causes", name).isEmpty();
                assertThat(run.lives()).as("%s: pods", name).hasSameSizeAs(recorded.lives());
                if (isRollingUpdate(name)) {
                    assertThat(RollingUpdate.broken(run, 2)).as(name).isEmpty();
                    assertThat(ends(run)).as("%s: end", name).isEqualTo(ends(recorded));
                } else {
                    assertThat(Replay.missingEvents(recorded, run))
                            .as("%s: Events", name)
                            .isEmpty();
                }
            }
        }
    }

    private static void begin(Stage stage, String workload) {
        switch (workload) {
            case "deployment" -> stage.withDeployment("");
            case "statefulset" -> stage.withStatefulSet("");
            default -> stage.withStatefulSet("podManagementPolicy: Parallel");
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theRecordingsThemselvesKeepToTheRules(String name) {
        Trace recorded = Trace.recorded(name);
        assertThat(CausalOrder.broken(recorded)).isEmpty();
        assertThat(RecordingMatcher.differences(recorded, recorded, shown())).isEmpty();
        if (isRollingUpdate(name)) {
            assertThat(RollingUpdate.broken(recorded, 2)).isEmpty();
        }
    }

    static Stream<String> recordings() {
        return Stream.of("deployment", "statefulset", "parallel")
                .flatMap(workload -> STEPS.stream().map(step -> "kube1.36-" + workload + "-" + step));
    }

    private static Set<Map<String, String>> shown() {
        return recordings()
                .flatMap(name -> RecordingMatcher.verdicts(Trace.recorded(name)).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Which sizes a rolling update goes through, as pods come and become ready, is chance; its conditions in order, its rules and
     * its end are not.
     */
    private static boolean isRollingUpdate(String name) {
        return name.startsWith("kube1.36-deployment") && name.contains("commit");
    }

    /** The last state of each object; how often it was changed on the way is chance. */
    private static Map<String, Map<String, String>> ends(Trace trace) {
        Map<String, Map<String, String>> ends = new TreeMap<>();
        trace.byObject().forEach((object, changes) -> {
            Map<String, String> last =
                    new TreeMap<>(changes.get(changes.size() - 1).state());
            last.keySet().removeAll(Set.of("generation", "observedGeneration"));
            ends.put(object, last);
        });
        return ends;
    }

    private static List<String> differences(String name, Trace recorded, Trace run) {
        return isRollingUpdate(name)
                ? RecordingMatcher.differences(
                        RollingUpdate.withoutCounters(recorded), RollingUpdate.withoutCounters(run), shown())
                : RecordingMatcher.differences(recorded, run, shown());
    }
}
