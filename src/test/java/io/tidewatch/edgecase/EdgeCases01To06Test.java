package io.tidewatch.edgecase;

import static io.tidewatch.edgecase.PlayedCase.CLOSES;
import static io.tidewatch.edgecase.PlayedCase.LATE;
import static io.tidewatch.edgecase.PlayedCase.OPENS;
import static io.tidewatch.edgecase.PlayedCase.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.Problem;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.playground.sim.TriggerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Edge cases 1 to 6, which are about bounds: docs/edge-cases.md. */
@Execution(ExecutionMode.CONCURRENT)
class EdgeCases01To06Test {

    @Test
    void case01MinimumAboveMaximum() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.countFromHere();

            played.commit(Files.USUAL.schedule("minReplicas: 7", "minReplicas: 21"));

            assertThat(played.tidewatch().problems())
                    .extracting(Problem::code, Problem::message)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString()).contains("min-above-max", "21", "20"));
            assertThat(played.minimumWrites()).isEmpty();
            played.leapTo(OPENS);
            assertThat(played.cluster().minimum("checkout"))
                    .as("the last good version of the schedule stays in force")
                    .isEqualTo(7);
            assertThat(played.minimumWrites()).hasSize(1);
        }
    }

    @Test
    void case01MinimumAboveOneHundredWithoutMaximum() {
        Files withoutMaximum = Files.USUAL.scaledObject("  maxReplicaCount: 20\n", "");
        try (PlayedCase played = PlayedCase.applying(withoutMaximum)) {
            played.countFromHere();

            played.commit(withoutMaximum.schedule("minReplicas: 7", "minReplicas: 101"));
            assertThat(played.tidewatch().problems()).extracting(Problem::code).containsExactly("min-above-max");
            assertThat(played.minimumWrites()).isEmpty();

            played.commit(withoutMaximum.schedule("minReplicas: 7", "minReplicas: 100"));
            assertThat(played.tidewatch().problems()).as("100 is allowed").hasSize(1);
        }
    }

    /** Somebody lowers the maximum of an object that no source applies, so no commit shows the contradiction. */
    @Test
    void case01MinimumAboveALiveMaximum() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.spec(Kinds.SCALED_OBJECT, "{\"maxReplicaCount\":6}");
            played.leapTo(OPENS.minusSeconds(600));
            assertThat(played.tidewatch().opened())
                    .as("the preflight finds it before the window")
                    .singleElement()
                    .satisfies(incident -> assertThat(incident.summary()).contains("6", "7"));
            played.countFromHere();

            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.cluster().minimum("checkout")).isEqualTo(5);
            assertThat(played.minimumWrites())
                    .as("a rejected request is sent again once a minute at most")
                    .hasSizeLessThanOrEqualTo(9)
                    .allSatisfy(write -> assertThat(write.code()).isEqualTo(422));
            assertThat(played.tidewatch().opened())
                    .extracting(Incident::state, Incident::summary)
                    .last()
                    .satisfies(told -> assertThat(told.toString()).contains("FAILED", "rejected the change (422)"));
        }
    }

    @Test
    void case02MinimumNotAboveIdle() {
        Files idle = Files.USUAL.scaledObject("minReplicaCount: 5", "minReplicaCount: 5\n  idleReplicaCount: 2");
        try (PlayedCase played = PlayedCase.applying(idle)) {
            played.countFromHere();

            played.commit(idle.schedule("minReplicas: 7", "minReplicas: 2"));

            assertThat(played.tidewatch().problems()).extracting(Problem::code).contains("idle-not-below-min");
            played.leapTo(OPENS);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            played.leapTo(CLOSES);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(5);
            assertThat(played.minimumWrites()).as("one for each edge").hasSize(2);
        }
    }

    @Test
    void case03IdleAndTriggersInactive() {
        Files idle = Files.USUAL.scaledObject("minReplicaCount: 5", "minReplicaCount: 5\n  idleReplicaCount: 0");
        try (PlayedCase played = PlayedCase.applying(idle)) {
            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.INACTIVE);
            played.through(STEP);
            played.countFromHere();

            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.cluster().hpaMinimum("keda-hpa-checkout")).isEqualTo(7);
            assertThat(played.cluster().readyPods())
                    .as("a minimum is no floor while idle")
                    .isZero();
            assertThat(played.diagnosis().state()).isEqualTo(State.BLOCKED);
            assertThat(played.diagnosis().cause()).contains(Cause.IDLE_WITHOUT_ACTIVITY);
            assertThat(played.tidewatch().opened())
                    .extracting(Incident::cause)
                    .last()
                    .satisfies(cause -> assertThat(cause).contains(Cause.IDLE_WITHOUT_ACTIVITY));
            assertThat(played.minimumWrites())
                    .as("writing again would move nothing")
                    .hasSize(1);

            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.ACTIVE);
            played.through(LATE);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.tidewatch().ended())
                    .hasSameSizeAs(played.tidewatch().opened());
        }
    }

    /** Without its field a ScaledObject's HPA has a minimum of 1 at once, and nobody owns the field any more. */
    @Test
    void case04AbsentBaselineIsWrittenAsZeroAndNeverReleased() {
        Files absent = Files.USUAL.scaledObject("  minReplicaCount: 5\n", "");
        try (PlayedCase played = PlayedCase.applying(absent)) {
            assertThat(played.cluster().minimum("checkout"))
                    .as("from the first write on")
                    .isZero();

            played.leapTo(OPENS);
            played.through(STEP);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
            played.leapTo(CLOSES);
            played.through(STEP);

            assertThat(played.cluster().minimum("checkout")).isZero();
            assertThat(played.cluster().owners("checkout", "minReplicaCount")).containsExactly("tidewatch");
            assertThat(played.diagnosis().state().isConverged())
                    .as(played.diagnosis().summary())
                    .isTrue();
        }
    }

    @Test
    void case05BaselineZeroScalesToZeroAtTheEndOfTheWindow() {
        Files zero = Files.USUAL.scaledObject("minReplicaCount: 5", "minReplicaCount: 0");
        try (PlayedCase played = PlayedCase.applying(zero)) {
            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.INACTIVE);
            played.leapTo(OPENS);
            played.through(STEP);
            assertThat(played.cluster().readyPods()).isEqualTo(7);

            played.leapTo(CLOSES);
            played.through(LATE);

            assertThat(played.cluster().minimum("checkout")).isZero();
            assertThat(played.cluster().readyPods()).isZero();
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    /** At zero the HPA is disabled, so KEDA alone can raise the target. */
    @Test
    void case06TargetAtZeroIsRaised() {
        Files zero = Files.USUAL.scaledObject("minReplicaCount: 5", "minReplicaCount: 0");
        try (PlayedCase played = PlayedCase.applying(zero)) {
            played.cluster().controllers().faults().trigger("shop", "checkout", TriggerState.INACTIVE);
            played.through(STEP);
            assertThat(played.cluster().readyPods()).isZero();
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            played.countFromHere();

            played.leapTo(OPENS);
            played.through(STEP);

            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED);
            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }
}
