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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulators replay what real controllers were recorded doing: four steps in a row, each from where the one before
 * ended. How fast the Rollouts controller and the kubelet were that time is part of the recorded machine, and is given.
 */
class RecordedHopsTest {
    private static final List<String> STEPS = List.of("1-up-5-7", "2-commit-inside-window", "3-down-7-5", "4-commit");

    private static final Map<String, String> STRATEGIES =
            Map.of("canary", Stage.CANARY, "bluegreen", Stage.BLUE_GREEN, "steps", Stage.STEPS);

    @ParameterizedTest
    @CsvSource({
        "V1_7_2, bluegreen, 40, 15, 15, 15",
        "V1_9_1, bluegreen, 15, 15, 15, 15",
        "V1_9_1, canary, 15, 195, 15, 140",
        "V1_7_2, canary, 15, 15, 15, 15",
        "V1_7_2, steps, 15, 15, 15, 15",
        "V1_9_1, steps, 140, 80, 15, 80",
    })
    void theRecordedStepsAreReplayed(
            RolloutsVersion version, String strategy, int first, int second, int third, int fourth) {
        List<Integer> reactions = List.of(first, second, third, fourth);
        try (Replay replay = new Replay(SimulationOptions.of(version))) {
            replay.stage.with(STRATEGIES.get(strategy));
            replay.stage.pass(Duration.ofSeconds(13));
            for (int i = 0; i < STEPS.size(); i++) {
                String name = version.tag() + "-" + strategy + "-" + STEPS.get(i);
                Trace recorded = Trace.recorded(name);
                replay.stage.controllers.rolloutsReactAfter(Duration.ofMillis(reactions.get(i)));
                replay.stage.controllers.podReadyAfter(Replay.asRecorded(recorded));
                Trace run = replay.does(recorded.stimuli().get(0), Duration.ofSeconds(35));
                assertThat(differences(name, recorded, run)).as(name).isEmpty();
                assertThat(CausalOrder.broken(run)).as("%s: causes", name).isEmpty();
                assertThat(run.lives()).as("%s: pods", name).hasSameSizeAs(recorded.lives());
                if (isCanaryUpdate(name)) {
                    assertThat(RollingUpdate.broken(run, 2)).as(name).isEmpty();
                }
                if (!isRace(name)) {
                    assertThat(Replay.missingEvents(recorded, run))
                            .as("%s: Events", name)
                            .isEmpty();
                }
                if (!isRace(name) && !recorderWasBusy(name)) {
                    assertThat(run.events()).as("%s: Events", name).hasSameSizeAs(recorded.events());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theRecordingsThemselvesKeepToTheRules(String name) {
        Trace recorded = Trace.recorded(name);
        assertThat(CausalOrder.broken(recorded)).isEmpty();
        assertThat(RecordingMatcher.differences(recorded, recorded, shown())).isEmpty();
        if (isCanaryUpdate(name)) {
            assertThat(RollingUpdate.broken(recorded, 2)).isEmpty();
        }
    }

    static Stream<String> recordings() {
        return Stream.of("v1.7.2", "v1.9.1")
                .flatMap(version -> Stream.of("canary", "bluegreen", "steps")
                        .flatMap(strategy -> STEPS.stream().map(step -> version + "-" + strategy + "-" + step)));
    }

    /** An Event recorder drops what exceeds 25 Events about one object in a row, as updates of a canary make. */
    private static boolean recorderWasBusy(String name) {
        return !name.contains("bluegreen") && !name.endsWith("1-up-5-7");
    }

    /** Every phase, message and conditions that any recording shows together. */
    private static Set<Map<String, String>> shown() {
        return recordings()
                .flatMap(name -> RecordingMatcher.verdicts(Trace.recorded(name)).stream())
                .collect(Collectors.toSet());
    }

    /** These canaries looked between two pods' readiness: which sizes they went through is chance. */
    private static boolean isRace(String name) {
        return (name.startsWith("v1.7.2-canary") && isCanaryUpdate(name))
                || name.startsWith("v1.7.2-steps")
                || name.equals("v1.9.1-steps-4-commit");
    }

    private static boolean isCanaryUpdate(String name) {
        return name.contains("canary") && name.contains("commit");
    }

    private static List<String> differences(String name, Trace recorded, Trace run) {
        return isRace(name)
                ? RecordingMatcher.differences(
                        RollingUpdate.withoutCounters(recorded), RollingUpdate.withoutCounters(run), shown())
                : RecordingMatcher.differences(recorded, run, shown());
    }
}
