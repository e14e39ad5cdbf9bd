package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownReportsTest {

    private final KnownReports known = new KnownReports();

    private static TargetReport.Question question(Page page) {
        return new TargetReport.Question(
                Given.inWindow(),
                Given.seen(Optional.empty()),
                Optional.of(Given.diagnosis(State.CONVERGED)),
                Given.diagnosis(State.CONVERGED),
                List.of(),
                List.of(),
                Optional.empty(),
                page,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whereThereIsNothingToSayItIsWorkedOutOnce() {
        Page page = known.report(question(Page.EMPTY), Given.NOW, Given.NOW)
                .map(TargetReport.Result::page)
                .orElse(Page.EMPTY);
        known.report(question(page), Given.NOW, Given.NOW);

        assertThat(known.report(question(page), Given.NOW, Given.NOW)).isEmpty();
        assertThat(known.report(question(page), Given.NOW.plusSeconds(1), Given.NOW.plusSeconds(2)))
                .isEmpty();
    }

    @Test
    void anotherPageIsAnotherQuestion() {
        known.report(question(Page.EMPTY), Given.NOW, Given.NOW);
        assertThat(known.report(question(Page.EMPTY.troubled(Given.NOW)), Given.NOW, Given.NOW))
                .isPresent();
    }

    @Test
    void timeAloneEndsWhatIsKnown() {
        Instant until = Given.NOW.plus(Duration.ofMinutes(1));
        int[] made = {0};
        for (Instant now : List.of(Given.NOW, until.minusNanos(1), until)) {
            known.status(Given.CHECKOUT, Optional.empty(), "the same", now, moment -> {
                made[0]++;
                moment.isBefore(until);
                return Optional.empty();
            });
        }
        assertThat(made[0]).isEqualTo(2);
    }
}
