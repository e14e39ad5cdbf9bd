package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Moment;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Decision HELD = Decision.skip(new Skipped(Given.CHECKOUT, Skipped.HELD, "held"));

    private final KnownDecisions known = new KnownDecisions();
    private int decided;

    /** Nothing to do until a minute after noon. */
    private Decision decide(Object question, Instant now) {
        return known.ofTarget(Given.CHECKOUT, question, new Moment(now), this::untilAMinuteAfterNoon);
    }

    private Decision untilAMinuteAfterNoon(Moment now) {
        decided++;
        return now.isBefore(NOON.plusSeconds(60)) ? Decision.NOTHING : HELD;
    }

    @Test
    void nothingIsDecidedOnceForOneQuestion() {
        assertThat(decide("a", NOON)).isEqualTo(Decision.NOTHING);
        assertThat(decide("a", NOON.plusSeconds(59))).isEqualTo(Decision.NOTHING);
        assertThat(decided).isEqualTo(1);
    }

    @Test
    void anotherQuestionIsDecidedAnew() {
        decide("a", NOON);
        decide("b", NOON);
        assertThat(decided).isEqualTo(2);
    }

    @Test
    void timeAloneEndsWhatIsKnown() {
        decide("a", NOON);
        assertThat(decide("a", NOON.plusSeconds(60))).isEqualTo(HELD);
        assertThat(decided).isEqualTo(2);
    }

    @Test
    void whatIsToBeSaidOrDoneIsDecidedEachTime() {
        decide("a", NOON.plusSeconds(60));
        decide("a", NOON.plusSeconds(60));
        assertThat(decided).isEqualTo(2);
    }
}
