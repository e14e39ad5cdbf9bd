package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Period;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule that was removed while its window was open is told, whatever the window is called. */
class UnscheduledReportTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"midnight-peak", "baseline", "baseline-boost", "sale@noon", "a@2026-01-01T00:00:00Z"})
    void theWindowIsNamedInFull(String window) {
        assertThat(removed(new Period(Optional.of(window), Optional.of(NOW.minusSeconds(1_800)))))
                .containsExactly("its schedule was removed while window " + window
                        + " was open; the baseline is in force again");
    }

    @Test
    void outsideOfWindowsNothingIsReported() {
        assertThat(removed(new Period(Optional.empty(), Optional.of(NOW)))).isEmpty();
        assertThat(removed(new Period(Optional.empty(), Optional.empty()))).isEmpty();
    }

    private static List<String> removed(Period period) {
        ScaledObjectView live = new ScaledObjectView(
                new ObjectMeta(
                        "shop",
                        "checkout",
                        "uid-1",
                        "100",
                        1,
                        Optional.empty(),
                        false,
                        Map.of(),
                        Map.of("tidewatch.io/window", period.text()),
                        Optional.empty(),
                        List.of(),
                        NOW),
                OptionalInt.of(7),
                OptionalInt.of(20),
                OptionalInt.empty(),
                WorkloadKind.ROLLOUT,
                "checkout",
                TargetApi.UNKNOWN,
                "keda-hpa-checkout",
                Optional.empty(),
                Map.of());
        TargetObservation seen = new TargetObservation(
                CHECKOUT,
                Optional.of(live),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        Action lowered = new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                CHECKOUT,
                new Action.Version("uid-1", "100"),
                OptionalInt.of(7),
                5,
                Optional.empty(),
                Map.of(),
                true,
                "its schedule was removed");
        return new UnscheduledReport(
                        seen,
                        Optional.empty(),
                        List.of(),
                        List.of(new Outcome.Done(lowered, NOW, "101")),
                        Page.EMPTY,
                        new Moment(NOW),
                        new Moment(NOW))
                .report().lines().diary().stream()
                        .filter(line -> line.code().equals(DiaryEntry.REMOVED_IN_WINDOW))
                        .map(DiaryEntry::text)
                        .toList();
    }
}
