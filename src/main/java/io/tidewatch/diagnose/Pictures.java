package io.tidewatch.diagnose;

import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;

/** What people look at beside a diagnosis: the hops, what other tools say, and the next command. */
public final class Pictures {

    private Pictures() {}

    public static Picture of(TargetObservation seen, Diagnosis diagnosis) {
        boolean isAsked =
                diagnosis.state().isProblem() || diagnosis.cause().isPresent() || diagnosis.state() == State.WAITING;
        return new Picture(
                HopRows.of(seen, diagnosis), Claims.of(seen), isAsked ? NextCommands.of(seen, diagnosis) : "");
    }
}
