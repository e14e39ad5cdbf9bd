package io.tidewatch.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dump of a real StatefulSet of five pods with {@code whenScaled: Delete}; its minimum is 5, and a window ends in ten minutes. */
class LoweringNotesTest {

    private static final Target CHECKOUT = new Target("v-statefulset-retention-2", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-30T06:04:38Z");
    private static final Duration TEN = Duration.ofMinutes(10);

    @Test
    void aLoweringNamesTheClaimsThatGo() {
        assertThat(lower(5, 3, TEN).loss(CHECKOUT))
                .contains(new ClaimLoss(
                        5,
                        3,
                        NOW.plus(TEN),
                        Optional.of("peak"),
                        Optional.empty(),
                        2,
                        "checkout",
                        "data-checkout-3 and data-checkout-4"));
        assertThat(lower(5, 3, TEN).byTarget())
                .as("it is no preflight of a raise")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}, {2} before: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            # from, to, before,  claims
              5,    4,  PT15M,   data-checkout-4
              5,    4,  PT15M1S, -
              5,    4,  PT0.001S, data-checkout-4
              5,    4,  PT0S,    -
              5,    0,  PT10M,   data-checkout-0 to data-checkout-4
              5,    5,  PT10M,   -
              5,    7,  PT10M,   -
            """)
    void onlyOfALoweringAndOnlyInItsPreflight(int from, int to, Duration before, String claims) {
        assertThat(lower(from, to, before).loss(CHECKOUT).map(ClaimLoss::claims))
                .isEqualTo(Optional.ofNullable(claims));
    }

    @Test
    void thePreflightOfALoweringIsAnInstantToComeBackAt() {
        Duration hour = Duration.ofHours(1);

        assertThat(lower(5, 3, hour).next()).contains(NOW.plus(hour).minus(Duration.ofMinutes(15)));
        assertThat(check(keeping("Retain"), 5, 3, hour).next())
                .as("nothing to note")
                .isEmpty();
    }

    @Test
    void whatIsKeptIsNotNoted() {
        assertThat(check(keeping("Retain"), 5, 3, TEN).losses()).isEmpty();
        assertThat(check(with("volumeClaimTemplates", List.of()), 5, 3, TEN).losses())
                .as("a StatefulSet without claims")
                .isEmpty();
    }

    /** Load holds seven pods above a minimum of 5: all above the lower minimum may go. */
    @Test
    void podsAboveTheMinimumMayGoToo() {
        assertThat(check(with("replicas", 7), 5, 3, TEN).loss(CHECKOUT)).hasValueSatisfying(loss -> {
            assertThat(loss.pods()).isEqualTo(4);
            assertThat(loss.claims()).isEqualTo("data-checkout-3 to data-checkout-6");
        });
    }

    @Test
    void nothingIsNotedWhereTheLoweringDoesNothing() {
        assertThat(check(with("replicas", 3), 5, 3, TEN).losses())
                .as("as few pods already")
                .isEmpty();
        assertThat(check(Given.changed(objects(), "ScaledObject", List.of("spec", "minReplicaCount"), 3), 5, 3, TEN)
                        .losses())
                .as("the minimum is as low already")
                .isEmpty();
        assertThat(check(held(NOW.plus(TEN).plusSeconds(1)), 5, 3, TEN).losses())
                .as("a hold until after the edge")
                .isEmpty();
        assertThat(check(held(NOW.plus(TEN)), 5, 3, TEN).losses())
                .as("a hold that ends at the edge")
                .isNotEmpty();
    }

    private static List<Map<String, Object>> objects() {
        return Given.dump("statefulset-claims-deleted");
    }

    private static List<Map<String, Object>> keeping(String whenScaled) {
        return with("persistentVolumeClaimRetentionPolicy", Map.of("whenScaled", whenScaled));
    }

    private static List<Map<String, Object>> with(String field, Object value) {
        return Given.changed(objects(), "StatefulSet", List.of("spec", field), value);
    }

    private static List<Map<String, Object>> held(Instant until) {
        return Given.changed(
                objects(),
                "ScaledObject",
                List.of("metadata", "annotations"),
                Map.of("tidewatch.io/hold-until", until.toString()));
    }

    private static Preflights lower(int from, int to, Duration before) {
        return check(objects(), from, to, before);
    }

    private static Preflights check(List<Map<String, Object>> objects, int from, int to, Duration before) {
        ClusterState state = new Dump(objects, List.of()).read(NOW);
        Observation observation = Observations.of(state, Set.of(CHECKOUT));
        Instant end = NOW.plus(before);
        Current current = Current.of(new Bounds(from, 20))
                .in(Optional.of(new OpenWindow("peak", NOW.minusSeconds(3600), end, false)))
                .until(Optional.of(end))
                .then(Optional.of(new Upcoming(new Bounds(to, 20), Optional.empty())));
        DesiredBounds usual = Given.raise(CHECKOUT, from, to, end).desired();
        DesiredBounds bounds =
                new DesiredBounds(CHECKOUT, usual.schedule(), usual.commit(), new Bounds(to, 20), false, current);
        DesiredState desired =
                new DesiredState(NOW, new TreeMap<>(Map.of(CHECKOUT, bounds)), new TreeSet<>(Set.of(end)));
        Diagnoses diagnoses = Diagnoser.diagnose(observation, desired, Diagnoses.NONE);
        return PreflightChecks.of(desired, observation, diagnoses, state);
    }
}
