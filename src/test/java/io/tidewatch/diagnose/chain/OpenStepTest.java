package io.tidewatch.diagnose.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.CaseDump;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A scaling step that Argo Rollouts does not close while a ReplicaSet was told another number. */
class OpenStepTest {
    private static final String LONG_AFTER_THE_TIMEOUT = "2026-11-25T14:23:45Z";

    private final CaseDump aborted = CaseDump.of("scaled-during-abort-delay");

    private Diagnosis ask(String at) {
        return aborted.ask("diag-lab", "abortrouted", 7, at);
    }

    @Test
    void nothingIsLateBeforeTheAbortedUpdatesDeadline() {
        Diagnosis diagnosis = ask(LONG_AFTER_THE_TIMEOUT);
        assertThat(diagnosis.state()).isEqualTo(State.WAITING);
        assertThat(diagnosis.summary())
                .isEqualTo(
                        "7 of 7 available, 2 more, the aborted update keeps 2 pods until 2026-11-25T14:24:40Z, and the"
                                + " status is not counted anew before (argo-rollouts#4919)");
    }

    @Test
    void pastThatDeadlineTheOldNumberIsWaitedForAndThenLate() {
        assertThat(ask("2026-11-25T14:25:20Z").summary()).contains("has desired-replicas 5");
        assertThat(ask("2026-11-25T14:29:30Z").state()).isEqualTo(State.WAITING);
        assertThat(ask("2026-11-25T14:29:41Z").state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    /** When it passes and Argo changes nothing, no event comes: the next look is due then. */
    @Test
    void itIsCheckedAgainOnceTheDeadlineAndTheGraceHavePassed() {
        Instant due = Instant.parse("2026-11-25T14:24:40Z").plus(Checks.DEFAULT.staleGrace());
        Diagnosis diagnosis = ask(LONG_AFTER_THE_TIMEOUT);
        assertThat(diagnosis.progress().due().deadline()).contains(due);
        assertThat(diagnosis.progress().due().eventsFrom()).isEmpty();
        assertThat(ask(due.minusSeconds(1).toString()).summary()).contains("keeps 2 pods until");
        assertThat(ask(due.toString()).summary()).doesNotContain("keeps 2 pods until");
    }

    @Test
    void stablePodsThatLackAreNotExcused() {
        aborted.setWhere("ReplicaSet", CaseDump.named("abortrouted-7d55c46c7b"), "status.availableReplicas", 6);
        assertThat(ask(LONG_AFTER_THE_TIMEOUT).state()).isEqualTo(State.AVAILABILITY_LAG);
    }

    /** On the versions that have it, this was taken for a stale copy, which a nudge would cure. */
    @Test
    void stackedRevisionsKeepItOpenForEverUpToTheVersionThatFixedIt() {
        CaseDump stacked = CaseDump.of("stacked-step-open");
        String at = "2026-11-25T14:50:55Z";
        Diagnosis diagnosis = stacked.ask("diag-three", "loopstack", 7, at);
        assertThat(diagnosis.causes()).containsExactly(Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        assertThat(diagnosis.summary())
                .startsWith("7 of 7 pods serve, 5 more, Rollout.status still says 12 of 9 and Progressing")
                .endsWith("argo-rollouts#3883, fixed in v1.8.0");
        stacked.setWhere(
                "ReplicaSet",
                CaseDump.named("loopstack-8479d6b568"),
                "metadata.annotations[rollout.argoproj.io/desired-replicas]",
                "7");
        assertThat(stacked.ask("diag-three", "loopstack", 7, at).summary()).doesNotContain("3883");
    }

    @Test
    void anOlderReplicaSetKeepsItOpenUntilItsDeadline() {
        CaseDump delayed = CaseDump.of("step-in-scale-down-delay");
        assertThat(delayed.ask("diag-three", "loopdelay", 7, "2026-11-25T14:56:50Z")
                        .state())
                .isEqualTo(State.WAITING);
        assertThat(delayed.ask("diag-three", "loopdelay", 7, "2026-11-25T14:57:30Z")
                        .summary())
                .contains("past their scale-down deadline");
    }
}
