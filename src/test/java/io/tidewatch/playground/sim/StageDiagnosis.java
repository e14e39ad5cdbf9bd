package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.util.OptionalInt;

/** Raises a minimum on a stage, and asks what is diagnosed of its dump. */
final class StageDiagnosis {

    private StageDiagnosis() {}

    static Diagnosis ask(Stage stage, String name, int desired) {
        return StageDump.of(stage).ask(name, OptionalInt.of(desired));
    }

    static void raise(Stage stage, int minimum, Duration then) {
        stage.min(minimum);
        stage.pass(then);
    }

    static void says(Diagnosis diagnosis, State state, Hop hop, Cause cause) {
        assertThat(diagnosis.state()).as(diagnosis.summary()).isEqualTo(state);
        assertThat(diagnosis.hop()).as(diagnosis.summary()).contains(hop);
        assertThat(diagnosis.cause()).as(diagnosis.summary()).contains(cause);
        assertThat(diagnosis.evidence()).isNotEmpty();
    }

    static void converged(Diagnosis diagnosis, State state, Note... notes) {
        assertThat(diagnosis.state()).as(diagnosis.summary()).isEqualTo(state);
        assertThat(diagnosis.notes()).containsExactly(notes);
    }
}
