package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.DueTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which namespaces are watched more closely, and until when they must have been observed. */
class WatchLaggingStageTest {

    private static final Instant NOON = PassOf.NOON;

    private static Diagnosis diagnosis(String namespace, String name, Optional<Instant> eventsFrom, Instant deadline) {
        return new Diagnosis(
                new Target(namespace, name),
                "ScaledObject",
                State.UNKNOWN,
                List.of(),
                Optional.empty(),
                Diagnosis.Certainty.UNKNOWN,
                "",
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE.with(new DueTimes(Optional.empty(), Optional.of(deadline), eventsFrom)));
    }

    private static Pass pass(Diagnosis... diagnoses) {
        TreeMap<Target, Diagnosis> byTarget = new TreeMap<>();
        List.of(diagnoses).forEach(diagnosis -> byTarget.put(diagnosis.target(), diagnosis));
        return Pass.begin(Definitions.NONE, new DesiredState(NOON, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE)
                .with(new Diagnoses(NOON, byTarget));
    }

    @Test
    void onlyNamespacesWithALaggingTargetAreWatchedMoreClosely() {
        Pass pass = pass(
                diagnosis("shop", "late", Optional.of(NOON.minusSeconds(1)), NOON.plusSeconds(60)),
                diagnosis("bank", "early", Optional.of(NOON.plusSeconds(1)), NOON.plusSeconds(60)),
                diagnosis("port", "quiet", Optional.empty(), NOON.minusSeconds(60)));

        assertThat(WatchLaggingStage.laggingNamespaces(pass)).containsExactly("shop");
        assertThat(WatchLaggingStage.deadlines(pass)).isEmpty();
    }

    @Test
    void aNamespaceMustHaveBeenObservedAfterTheLatestDeadlineThatHasPassed() {
        Optional<Instant> lagging = Optional.of(NOON.minusSeconds(300));
        Pass pass = pass(
                diagnosis("shop", "a", lagging, NOON.minusSeconds(60)),
                diagnosis("shop", "b", lagging, NOON.minusSeconds(20)),
                diagnosis("shop", "c", lagging, NOON.plusSeconds(20)),
                diagnosis("bank", "d", lagging, NOON));

        assertThat(WatchLaggingStage.deadlines(pass))
                .containsOnlyKeys("shop", "bank")
                .containsEntry("shop", NOON.minusSeconds(20))
                .containsEntry("bank", NOON);
    }
}
