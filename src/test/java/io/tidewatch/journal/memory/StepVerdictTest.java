package io.tidewatch.journal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What history says of a step that was in several states. */
class StepVerdictTest {

    private static final Instant PATCHED = Instant.parse("2026-11-22T13:30:00Z");

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "WAITING, CONVERGED, CONVERGED",
        "UNKNOWN, CONVERGED, CONVERGED",
        "UNKNOWN, WAITING, WAITING",
        "AVAILABILITY_LAG, CONVERGED, AVAILABILITY_LAG",
        "AVAILABILITY_LAG, UNKNOWN, AVAILABILITY_LAG",
        "AVAILABILITY_LAG, BLOCKED, BLOCKED",
        "CONVERGED, UNKNOWN, UNKNOWN",
    })
    void problemStaysAndUnknownGivesWay(State before, State now, State verdict) {
        LatestSteps steps = new LatestSteps();
        steps.put(step(before));
        steps.put(step(now));

        assertThat(steps.all()).singleElement().extracting(Step::verdict).isEqualTo(verdict);
    }

    private static Step step(State verdict) {
        return new Step(
                new Target("shop", "checkout"),
                Optional.of("peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(PATCHED),
                verdict,
                Step.Change.commit("3f2c1ab").by("Dana"));
    }
}
