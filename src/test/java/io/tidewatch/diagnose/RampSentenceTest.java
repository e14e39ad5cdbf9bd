package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sentence of a target whose pods serve in the middle of a ramp. */
class RampSentenceTest {

    private static final Target CHECKOUT = new Target("x-up-converged", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-24T13:40:00Z");

    /** The next step is one pause after the last write, whose instant has a fraction of a second. */
    @Test
    void nextStepIsShownToTheSecond() {
        RampStep step = new RampStep(
                new Bounds(7, 20), 5, Optional.empty(), Optional.of(Instant.parse("2026-11-24T13:40:05.025254075Z")));
        Observation observation =
                Observations.of(new Dump(CaseDump.of("up-converged").objects, List.of()).read(NOW), Set.of(CHECKOUT));

        Diagnoses diagnoses = Diagnoser.diagnose(
                observation,
                new DesiredState(NOW, new TreeMap<>(Map.of(CHECKOUT, desired().with(step))), new TreeSet<>()),
                Diagnoses.NONE);

        assertThat(diagnoses.of(CHECKOUT).orElseThrow().summary())
                .isEqualTo("7 of 7 available; the ramp from 5 to 9 is at 7, next step at 2026-11-24T13:40:05Z");
    }

    private static DesiredBounds desired() {
        ScaleSchedule schedule = new ScaleSchedule(
                CHECKOUT.namespace(),
                "peaks",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName(CHECKOUT.name()),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                CHECKOUT,
                schedule,
                new Commit("shop", "3f2c1ab9", "Dana", NOW, "raise it"),
                new Bounds(5, 20),
                false,
                Current.of(new Bounds(9, 20)));
    }
}
