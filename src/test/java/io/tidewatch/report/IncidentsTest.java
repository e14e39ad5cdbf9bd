package io.tidewatch.report;

import static io.tidewatch.report.Given.CHECKOUT;
import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an incident opens and when it is resolved. */
class IncidentsTest {

    private static final Incident OPEN = Given.incident(State.AVAILABILITY_LAG, Cause.IMAGE_PULL);

    @Test
    void anIncidentOpensWhenItsTimeIsUpAndNotBefore() {
        assertThat(Incidents.opened(Given.inWindow(), lasting(30), NOW.minusSeconds(29), NOW))
                .isEmpty();
        assertThat(Incidents.opened(Given.inWindow(), lasting(30), NOW.minusSeconds(30), NOW))
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
        assertThat(Incidents.ended(OPEN, calm(29), "7 of 7 available", NOW)).isEmpty();
        assertThat(Incidents.ended(OPEN, Page.EMPTY, "7 of 7 available", NOW)).isEmpty();
        assertThat(Incidents.ended(OPEN, calm(30), "7 of 7 available", NOW)).hasValueSatisfying(resolved -> {
            assertThat(resolved.id()).isEqualTo(OPEN.id());
            assertThat(resolved.ended()).contains(NOW.minusSeconds(30));
            assertThat(resolved.summary()).isEqualTo("7 of 7 available");
        });
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
