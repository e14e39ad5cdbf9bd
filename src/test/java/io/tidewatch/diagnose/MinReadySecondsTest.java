package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import org.junit.jupiter.api.Test;

/** Pods that are ready and not available: five since 17:15:13, two since 17:15:18, with minReadySeconds 330. */
class MinReadySecondsTest {

    private static final String LATE = "2026-11-23T17:20:45Z";

    private static CaseDump dump() {
        return CaseDump.of("min-ready-seconds");
    }

    private static Diagnosis ask(CaseDump dump, String at) {
        return dump.ask("shop", "checkout", 7, at);
    }

    @Test
    void podsThatAreReadyForTooShortATimeExplainTheLag() {
        Diagnosis diagnosis = ask(dump(), LATE);

        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(diagnosis.certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.summary())
                .isEqualTo("5 of 7 available, 2 more ready for less than minReadySeconds (330 s), available by"
                        + " 2026-11-23T17:20:48Z");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.field().equals("spec.minReadySeconds")
                        && proof.value().equals("330"));
    }

    @Test
    void theSecondsOfTheRolloutCountWhereTheReplicaSetHasNone() {
        assertThat(ask(dump().set("ReplicaSet", "spec.minReadySeconds", null), LATE))
                .isEqualTo(ask(dump(), LATE));
    }

    @Test
    void podsThatAreReadyForLongerAreNotExplained() {
        Diagnosis diagnosis = ask(dump(), "2026-11-23T17:20:49Z");

        assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(diagnosis.summary())
                .startsWith("5 of 7 available, 2 more ready for longer than minReadySeconds (330 s), but not counted as"
                        + " available, cause unknown");
    }

    @Test
    void withoutMinReadySecondsACountMayBeMissing() {
        Diagnosis diagnosis = ask(
                dump().set("ReplicaSet", "spec.minReadySeconds", null).set("Rollout", "spec.minReadySeconds", null),
                LATE);

        assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(diagnosis.summary())
                .startsWith("5 of 7 available, 2 more ready, but not counted as available, cause unknown");
    }

    /** Five pods have been ready for long enough, so that two young pods do not explain a count of 0. */
    @Test
    void aCountThatIsMissingIsNotExplainedByAFewYoungPods() {
        Diagnosis diagnosis = ask(dump().set("ReplicaSet", "status.availableReplicas", null), LATE);

        assertThat(diagnosis.certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(diagnosis.summary()).contains("7 more ready for longer than minReadySeconds");
    }
}
