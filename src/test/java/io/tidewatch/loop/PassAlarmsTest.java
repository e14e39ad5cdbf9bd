package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.FailedWrites;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PassAlarmsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");
    private static final Action RAISE = new Action.SetMinReplicas(
            AutoscalerKind.SCALED_OBJECT,
            new Target("shop", "cart"),
            new Action.Version("uid-1", "100"),
            OptionalInt.of(5),
            7,
            Optional.empty(),
            Map.of("kind", "ScaledObject"),
            false,
            "window opens");

    private static Pass pass(List<Action> actions, Optional<Instant> next, List<Outcome> outcomes) {
        TreeSet<Instant> edges = new TreeSet<>(Set.of(NOW.plusSeconds(600)));
        return Pass.begin(Definitions.NONE, new DesiredState(NOW, new TreeMap<>(), edges), Diagnoses.NONE)
                .with(new Plan(NOW, actions, List.of(), next))
                .with(outcomes);
    }

    @Test
    void aPassWithoutTroubleIsFollowedAtTheEdgesAndAtTheInstantOfItsPlan() {
        PassAlarms next =
                PassAlarms.after(pass(List.of(), Optional.of(NOW.plusSeconds(60)), List.of()), FailedWrites.NONE, NOW);

        assertThat(next.edges()).containsExactly(NOW.plusSeconds(600));
        assertThat(next.deadline()).contains(NOW.plusSeconds(60));
        assertThat(next.retry()).isEmpty();
    }

    @Test
    void aWriteThatFailedIsTriedAgainAfterASecond() {
        Outcome noAnswer = new Outcome.Unavailable(RAISE, NOW, false, "no answer");

        PassAlarms next =
                PassAlarms.after(pass(List.of(RAISE), Optional.empty(), List.of(noAnswer)), FailedWrites.NONE, NOW);

        assertThat(next.deadline()).isEmpty();
        assertThat(next.retry()).contains(NOW.plusSeconds(1));
    }

    @Test
    void aFailedWriteThatWaitsForItsTurnIsStillKnown() {
        FailedWrites failed = new FailedWrites(Map.of(RAISE.target(), NOW.minusSeconds(30)));

        assertThat(PassAlarms.after(pass(List.of(RAISE), Optional.empty(), List.of()), failed, NOW)
                        .failed())
                .isEqualTo(failed);
        assertThat(PassAlarms.after(pass(List.of(), Optional.empty(), List.of()), failed, NOW)
                        .failed())
                .isEqualTo(FailedWrites.NONE);
    }
}
