package io.tidewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.metrics.RemedyMemory.Result;
import io.tidewatch.metrics.RemedyMemory.Tried;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What came of each remedy. */
class RemedyMemoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:40:00Z");
    private static final Target TARGET = new Target("shop", "checkout");
    private static final Action NUDGE = new Action.NudgeReplicaSets(
            TARGET, new Action.Version("uid-1", "100"), Map.of(), List.of(), 1, 3, NOW, "an old copy");
    private static final Action RESTART = new Action.PatchRollout(
            TARGET,
            Action.Change.RESTART,
            "checkout",
            new Action.Version("uid-2", "7"),
            Optional.empty(),
            Optional.of("2026-11-22T13:40:00Z"),
            new Action.Attempt(1, 1),
            "nudges did not help");

    private RemedyMemory memory = RemedyMemory.NONE;
    private final List<Tried> ended = new ArrayList<>();

    private void learn(State state, boolean isStale, Outcome... outcomes) {
        Ledger.Page page =
                isStale ? Ledger.Page.EMPTY.trying(Optional.of(new Ledger.Tried("nudge", NOW))) : Ledger.Page.EMPTY;
        Report report = Report.of(NOW, List.of()).keeping(List.of(), new Ledger(new TreeMap<>(Map.of(TARGET, page))));
        Pass pass = Pass.begin(
                        Definitions.NONE, new DesiredState(NOW, new TreeMap<>(), new TreeSet<>()), Diagnoses.NONE)
                .with(new Diagnoses(NOW, new TreeMap<>(Map.of(TARGET, diagnosis(state)))))
                .with(List.of(outcomes))
                .with(report);
        RemedyMemory.Learned learned = memory.learn(pass);
        memory = learned.memory();
        ended.addAll(learned.ended());
    }

    private static Diagnosis diagnosis(State state) {
        return new Diagnosis(
                TARGET,
                "ScaledObject",
                state,
                List.of(),
                Optional.empty(),
                Certainty.CERTAIN,
                "",
                OptionalInt.of(7),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE);
    }

    @Test
    void aRemedyIsCuredOnceTheStatusIsCorrectAgain() {
        learn(State.STALE_STATUS, true, new Outcome.Done(NUDGE, NOW, "101"));
        learn(State.STALE_STATUS, true);
        assertThat(ended).isEmpty();
        learn(State.CONVERGED, false);
        learn(State.CONVERGED, false);

        assertThat(ended).containsExactly(new Tried("NudgeReplicaSets", Result.CURED));
    }

    @Test
    void aRemedyThatIsFollowedByAnotherHadNoEffect() {
        learn(State.STALE_STATUS, true, new Outcome.Done(NUDGE, NOW, "101"));
        learn(State.STALE_STATUS, true, new Outcome.Done(RESTART, NOW, "102"));
        learn(State.CONVERGED, false);

        assertThat(ended)
                .containsExactly(
                        new Tried("NudgeReplicaSets", Result.NO_EFFECT), new Tried("RestartRollout", Result.CURED));
    }

    @Test
    void aRemedyThatIsDeniedIsRejectedAndOneThatIsTriedAgainIsNotCounted() {
        learn(
                State.STALE_STATUS,
                false,
                new Outcome.Rejected(RESTART, NOW, Outcome.Rejected.Subject.CALLER, 403, "no permission"));
        learn(State.STALE_STATUS, false, new Outcome.Unavailable(NUDGE, NOW, true, "503"));

        assertThat(ended).containsExactly(new Tried("RestartRollout", Result.REJECTED));
    }

    @Test
    void aTargetThatIsForgottenOrTurnsBadOtherwiseIsNotCured() {
        learn(State.STALE_STATUS, true, new Outcome.Done(NUDGE, NOW, "101"));
        learn(State.UNKNOWN, false);

        assertThat(ended).isEmpty();
        assertThat(memory).isEqualTo(RemedyMemory.NONE);
    }
}
