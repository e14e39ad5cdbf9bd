package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Ledger.Kept;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.TargetStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which diagnoses of a night are kept, so that any instant of it can be opened later. */
class PastDiagnosesTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");

    private SortedMap<Target, Kept> kept = Collections.emptySortedMap();
    private final List<PastDiagnosis> all = new ArrayList<>();
    private Diagnoses before = Diagnoses.NONE;

    /** The progress stands for the numbers of the hops. */
    private static final PastDiagnoses.Pictures PICTURES = (seen, diagnosis) -> Picture.NONE;

    private static Pass pass(Instant at, Diagnosis diagnosis, Diagnoses before) {
        return Pass.begin(Definitions.NONE, new DesiredState(at, new TreeMap<>(), new TreeSet<>()), before)
                .with(new Diagnoses(at, new TreeMap<>(java.util.Map.of(CHECKOUT, diagnosis))));
    }

    private static TargetStatus status(Instant since) {
        return TargetStatus.unknown(CHECKOUT, new Fault("test", "none", "", new IllegalStateException()), since);
    }

    private void pass(Instant at, Diagnosis diagnosis) {
        PastDiagnoses past =
                PastDiagnoses.of(pass(at, diagnosis, before), List.of(status(at)), kept, PICTURES, new Guard("test"));
        before = new Diagnoses(at, new TreeMap<>(java.util.Map.of(CHECKOUT, diagnosis)));
        kept = past.kept();
        all.addAll(past.diagnoses());
    }

    private Optional<PastDiagnosis> at(Instant instant) {
        return all.stream().filter(one -> !one.at().isAfter(instant)).reduce((earlier, later) -> later);
    }

    @Test
    void eachChangeOfStateHopOrCauseIsKept() {
        pass(NIGHT, diagnosis(State.CONVERGED, Optional.empty(), Optional.empty()));
        pass(NIGHT.plusSeconds(1), diagnosis(State.CONVERGED, Optional.empty(), Optional.empty()));
        pass(NIGHT.plusSeconds(2), diagnosis(State.WAITING, Optional.of(Hop.HPA), Optional.empty()));
        pass(NIGHT.plusSeconds(3), diagnosis(State.WAITING, Optional.of(Hop.POD), Optional.empty()));
        pass(NIGHT.plusSeconds(4), diagnosis(State.WAITING, Optional.of(Hop.POD), Optional.of(Cause.UNSCHEDULABLE)));
        pass(NIGHT.plusSeconds(5), diagnosis(State.WAITING, Optional.of(Hop.POD), Optional.of(Cause.UNSCHEDULABLE)));

        assertThat(all)
                .extracting(PastDiagnosis::at)
                .containsExactly(NIGHT, NIGHT.plusSeconds(2), NIGHT.plusSeconds(3), NIGHT.plusSeconds(4));
    }

    @Test
    void diagnosisThatLastsIsKeptOnceADay() {
        for (int hour = 0; hour <= 49; hour++) {
            pass(NIGHT.plus(Duration.ofHours(hour)), diagnosis(State.CONVERGED, Optional.empty(), Optional.empty()));
        }

        assertThat(all)
                .extracting(PastDiagnosis::at)
                .containsExactly(NIGHT, NIGHT.plus(Duration.ofDays(1)), NIGHT.plus(Duration.ofDays(2)));
    }

    /** While nobody looks nothing is kept, so that an old diagnosis says nothing. */
    @Test
    void aDiagnosisCountsUntilItWouldHaveBeenKeptAgain() {
        pass(NIGHT, diagnosis(State.CONVERGED, Optional.empty(), Optional.empty()));
        Instant due = NIGHT.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(10));

        assertThat(all.get(0).countsAt(NIGHT, Duration.ofMinutes(5))).isTrue();
        assertThat(all.get(0).countsAt(due, Duration.ofMinutes(5))).isTrue();
        assertThat(all.get(0).countsAt(due.plusNanos(1), Duration.ofMinutes(5))).isFalse();
    }

    /** Whoever looks at a target that cannot be drawn sees its diagnosis all the same. */
    @Test
    void whatCannotBeDrawnIsLeftOut() {
        Diagnosis converged = diagnosis(State.CONVERGED, Optional.empty(), Optional.empty());
        Pass pass = Given.pass(converged);
        Guard guard = new Guard("test");

        PastDiagnosis seen = PastDiagnoses.of(
                pass,
                converged,
                Optional.of(NIGHT),
                (target, diagnosis) -> {
                    throw new IllegalStateException("cannot be drawn");
                },
                guard);

        assertThat(seen.state()).isEqualTo(State.CONVERGED);
        assertThat(seen.picture()).isEqualTo(Picture.NONE);
        assertThat(guard.faults().isEmpty()).isFalse();
    }

    @Test
    void targetOfNoScheduleIsNotKept() {
        Diagnosis converged = diagnosis(State.CONVERGED, Optional.empty(), Optional.empty());
        PastDiagnoses past =
                PastDiagnoses.of(pass(NIGHT, converged, Diagnoses.NONE), List.of(), kept, PICTURES, new Guard("test"));

        assertThat(past.diagnoses()).isEmpty();
        assertThat(past.kept()).isEmpty();
    }

    /**
     * Random nights, calm and wild. A plain reading: the diagnosis at an instant is what is kept, unless more than 40 changes were
     * kept in the hour; then it is at most a minute old when the next pass comes. No hour has more than 40 + 60.
     */
    @Test
    void anyInstantOfARandomNightHasItsDiagnosis() {
        SplittableRandom random = new SplittableRandom(Long.getLong("tidewatch.diagnoses.seed", 20_261_130));
        for (int night = 0; night < Integer.getInteger("tidewatch.diagnoses", 200); night++) {
            kept = Collections.emptySortedMap();
            all.clear();
            before = Diagnoses.NONE;
            int calm = 1 + random.nextInt(200);
            Instant now = NIGHT;
            Diagnosis is = random(random);
            Instant changed = now;
            for (int i = 0; i < 600; i++) {
                if (random.nextInt(calm) == 0) {
                    Diagnosis other = random(random);
                    changed = isSame(other, is) ? changed : now;
                    is = other;
                }
                pass(now, is);
                PastDiagnosis found = at(now).orElseThrow();
                boolean right = found.state() == is.state()
                        && found.hop().equals(is.hop())
                        && found.cause().equals(is.cause());
                Instant hourAgo = now.minus(Duration.ofHours(1));
                long inHour =
                        all.stream().filter(one -> one.at().isAfter(hourAgo)).count();
                assertThat(right || inHour >= PastDiagnoses.OFTEN)
                        .as("night %s at %s: %s, kept %s", night, now, is.state(), found)
                        .isTrue();
                assertThat(right || Duration.between(changed, now).compareTo(PastDiagnoses.SELDOM) < 0)
                        .as("night %s at %s: since %s, kept %s", night, now, changed, found)
                        .isTrue();
                assertThat(inHour).isLessThanOrEqualTo(2L * (PastDiagnoses.OFTEN + 60));
                now = now.plusMillis(1 + random.nextInt(20_000));
            }
        }
    }

    @Test
    void longProofsAreCutToTwoKilobytes() {
        List<Evidence> many = IntStream.range(0, 50)
                .mapToObj(i -> new Evidence("Pod 파드-" + i, "status.message", "ü".repeat(5_000)))
                .toList();
        pass(NIGHT, diagnosis(State.AVAILABILITY_LAG, many));

        PastDiagnosis one = all.get(0);
        int bytes = bytes(one.summary())
                + one.evidence().stream()
                        .mapToInt(proof -> bytes(proof.object()) + bytes(proof.field()) + bytes(proof.value()))
                        .sum();
        assertThat(bytes).isLessThanOrEqualTo(PastDiagnosis.MOST_BYTES);
        assertThat(one.evidence()).hasSizeBetween(1, 10);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isSame(Diagnosis one, Diagnosis other) {
        return one.state() == other.state()
                && one.hop().equals(other.hop())
                && one.cause().equals(other.cause());
    }

    private static Diagnosis random(SplittableRandom random) {
        State[] states = {State.CONVERGED, State.WAITING, State.AVAILABILITY_LAG, State.STALE_STATUS};
        return diagnosis(
                states[random.nextInt(states.length)],
                random.nextBoolean() ? Optional.of(Hop.POD) : Optional.empty(),
                random.nextBoolean() ? Optional.of(Cause.UNSCHEDULABLE) : Optional.empty());
    }

    private static Diagnosis diagnosis(State state, List<Evidence> evidence) {
        return diagnosis(state, Optional.empty(), List.of(), evidence);
    }

    private static Diagnosis diagnosis(State state, Optional<Hop> hop, Optional<Cause> cause) {
        return diagnosis(state, hop, cause.stream().toList(), List.of());
    }

    private static Diagnosis diagnosis(State state, Optional<Hop> hop, List<Cause> causes, List<Evidence> evidence) {
        return new Diagnosis(
                CHECKOUT,
                "ScaledObject",
                state,
                causes,
                hop,
                Diagnosis.Certainty.CERTAIN,
                "5 of 7 available",
                OptionalInt.of(7),
                Optional.empty(),
                Optional.empty(),
                evidence,
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE);
    }
}
