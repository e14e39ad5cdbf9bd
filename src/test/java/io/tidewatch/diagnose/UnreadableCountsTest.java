package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.State;
import org.junit.jupiter.api.Test;

/** A count that cannot be read proves nothing, not even beside another that cannot; each was found by a mutation. */
class UnreadableCountsTest {

    private static State stacked(String set, String field, Object value) {
        return CaseDump.of("stacked-bluegreen")
                .setWhere("ReplicaSet", CaseDump.named(set), field, value)
                .ask("diag-lab", "stackbg", 7, "2026-11-25T14:16:10Z")
                .state();
    }

    @Test
    void twoThatCannotBeReadAgreeOnNothing() {
        CaseDump dump = CaseDump.of("up-converged")
                .set("Rollout", "status.readyReplicas", "seven")
                .set("ReplicaSet", "status.readyReplicas", "");
        assertThat(dump.ask("x-up-converged", "checkout", 7, "2026-11-23T17:15:25Z")
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void anOlderReplicaSetWhoseCountCannotBeReadProvesNothing() {
        String older = "stackbg-54f95f859f";
        assertThat(stacked(older, "status.availableReplicas", 7)).isEqualTo(State.CONVERGED);
        assertThat(stacked(older, "status.availableReplicas", "7")).isEqualTo(State.WAITING);
        assertThat(stacked(older, "status.replicas", -7)).isEqualTo(State.UNKNOWN);
    }
}
