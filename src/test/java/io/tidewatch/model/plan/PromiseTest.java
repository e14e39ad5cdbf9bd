package io.tidewatch.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Promise.Reach;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a step was on time, in minutes after its edge; it is to be there after 7 minutes. */
class PromiseTest {

    private static final Instant EDGE = Instant.parse("2026-11-22T13:30:00Z");

    @ParameterizedTest(name = "{0}: HPA {1}, ready {2}, next step {3}, now {4}: {5}")
    @CsvSource(textBlock = """
            # reach, HPA, ready, next, now, result
            PODS,    1,   5,     ,     9,   on_time
            PODS,    1,   7,     ,     9,   on_time
            PODS,    1,   8,     ,     9,   late
            PODS,    1,   8,     200,  300, late
            PODS,    1,   ,      ,     6,   -
            PODS,    1,   ,      ,     9,   late
            PODS,    1,   ,      3,    9,   superseded
            PODS,    1,   ,      200,  300, failed
            HPA,     1,   ,      ,     9,   on_time
            HPA,     9,   2,     ,     9,   late
            HPA,     ,    2,     ,     9,   late
            """)
    void result(Reach reach, Integer hpa, Integer ready, Integer next, int now, String result) {
        Step.Times times = Step.Times.patchedAt(EDGE).withHpa(minutes(hpa)).withReady(minutes(ready));

        assertThat(new Promise(reach, EDGE.plusSeconds(7 * 60))
                        .result(times, minutes(next), EDGE.plusSeconds(60L * now))
                        .map(Promise.Result::word)
                        .orElse("-"))
                .isEqualTo(result);
    }

    private static Optional<Instant> minutes(Integer after) {
        return Optional.ofNullable(after).map(minutes -> EDGE.plusSeconds(60L * minutes));
    }
}
