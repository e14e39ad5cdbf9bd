package io.tidewatch.report;

import static io.tidewatch.report.Given.CHECKOUT;
import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.OverwriteTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When an incident opens and when it is resolved. */
class IncidentsTest {

    private static final Incident OPEN = Given.incident(State.AVAILABILITY_LAG, Cause.IMAGE_PULL);

    @Test
    void anIncidentOpensWhenItsTimeIsUpAndNotBefore() {
        assertThat(Incidents.opened(Given.inWindow(), lasting(30), NOW.minusSeconds(29), new Moment(NOW)))
                .isEmpty();
        assertThat(Incidents.opened(Given.inWindow(), lasting(30), NOW.minusSeconds(30), new Moment(NOW)))
                .hasValueSatisfying(opened -> {
                    assertThat(opened.id()).isEqualTo("shop/checkout@" + NOW);
                    assertThat(opened.target()).isEqualTo(CHECKOUT);
                    assertThat(opened.window()).contains("midnight-peak");
                    assertThat(opened.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(opened.opened()).isEqualTo(NOW);
                    assertThat(opened.ended()).isEmpty();
                });
    }

    /** It counts as resolved from the instant at which the problem was gone. */
    @Test
    void anIncidentIsResolvedAfterHalfAMinuteWithoutItsProblem() {
        assertThat(Incidents.ended(OPEN, calm(29), "7 of 7 available", new Moment(NOW)))
                .isEmpty();
        assertThat(Incidents.ended(OPEN, Page.EMPTY, "7 of 7 available", new Moment(NOW)))
                .isEmpty();
        assertThat(Incidents.ended(OPEN, calm(30), "7 of 7 available", new Moment(NOW)))
                .hasValueSatisfying(resolved -> {
                    assertThat(resolved.id()).isEqualTo(OPEN.id());
                    assertThat(resolved.ended()).contains(NOW.minusSeconds(30));
                    assertThat(resolved.summary()).isEqualTo("7 of 7 available");
                });
    }

    /** Whatever the period of the other writer, as long as it keeps it roughly: between two writes it is expected again. */
    @Test
    void anotherWriterIsExpectedUntilItHasMissedAWrite() {
        Random random = new Random(15);
        Optional<Incident> open = Optional.of(Given.incident(State.AVAILABILITY_LAG, Cause.REPLICAS_OVERWRITTEN));
        for (int run = 0; run < 300; run++) {
            int period = 5_000 + random.nextInt(600_000);
            Instant writes = NOW;
            OverwriteTimes times = OverwriteTimes.NONE.and("flux", writes);
            assertThat(until(open, times, writes.plusMillis(1))).as("one write").isEmpty();
            for (int i = 0; i < 6; i++) {
                writes = writes.plusMillis((long) (period * (0.8 + 0.4 * random.nextDouble())));
                boolean expected =
                        i == 0 || until(open, times, writes.minusMillis(1)).isPresent();
                assertThat(expected).as("run %d, write %d", run, i).isTrue();
                times = times.and("flux", writes);
            }
            assertThat(until(open, times, writes.plusMillis(3L * period))).isEmpty();
        }
    }

    private static Optional<Instant> until(Optional<Incident> open, OverwriteTimes times, Instant now) {
        Progress progress = new Progress(
                Progress.StepTimes.NONE,
                Progress.ShortageTimes.NONE,
                Progress.OutageTimes.NONE,
                Progress.DueTimes.NONE,
                times);
        return Incidents.overwrittenUntil(open, Given.diagnosis(State.CONVERGED, 7, progress), new Moment(now));
    }

    private static Page calm(int seconds) {
        return Page.EMPTY.calm(Optional.of(NOW.minusSeconds(seconds)));
    }

    private static IncidentCandidate lasting(int seconds) {
        return new IncidentCandidate(
                State.AVAILABILITY_LAG,
                Optional.of(Cause.IMAGE_PULL),
                Optional.of(Hop.POD),
                Severity.CRITICAL,
                Duration.ofSeconds(seconds),
                "4 pods cannot pull image shop/web:2.0");
    }
}
