package io.tidewatch.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A ramp that another change may cut short, against a walk step by step. */
class RampPaceTest {

    private static final Instant FIRST = Instant.parse("2026-11-22T13:30:00Z");
    private static final int ROUNDS = 1_000;

    @Test
    void stepsBeforeTheNextChangeAreThoseOfAWalk() {
        Random random = new Random(20261130);
        for (int round = 0; round < ROUNDS; round++) {
            int from = random.nextInt(300);
            int to = random.nextInt(300);
            Ramp.Size size = random.nextBoolean()
                    ? new Ramp.Size.Absolute(1 + random.nextInt(40))
                    : new Ramp.Size.Share(1 + random.nextInt(100));
            Ramp.Pace pace = new Ramp.Pace(size, Duration.ofSeconds(1 + random.nextInt(5)));
            Instant change = FIRST.plusSeconds(random.nextInt(120) - 5L);
            List<Ramp.Step> walk = walk(pace, from, to, change);
            String what = from + " → " + to + " by " + size + " each " + pace.pause() + " until " + change;

            assertThat(pace.stepsBefore(from, to, FIRST, Optional.of(change)))
                    .as(what)
                    .isEqualTo(walk.size());
            assertThat(pace.after(from, to, walk.size()))
                    .as(what)
                    .isEqualTo(walk.isEmpty() ? from : walk.get(walk.size() - 1).minimum());
            List<Ramp.Step> plan = pace.plan(from, to, FIRST, Optional.of(change));
            assertThat(plan).as(what).hasSizeLessThanOrEqualTo(Ramp.Pace.MOST_SHOWN);
            if (walk.size() <= Ramp.Pace.MOST_SHOWN) {
                assertThat(plan).as(what).isEqualTo(walk);
            } else {
                assertThat(plan.get(plan.size() - 1)).as(what).isEqualTo(walk.get(walk.size() - 1));
            }
        }
    }

    @Test
    void aStepAtTheInstantOfTheChangeIsNotMade() {
        Ramp.Pace pace = new Ramp.Pace(new Ramp.Size.Absolute(1), Duration.ofHours(3));

        assertThat(pace.stepsBefore(5, 1000, FIRST, Optional.of(FIRST.plus(Duration.ofHours(36)))))
                .isEqualTo(12);
        assertThat(pace.stepsBefore(
                        5,
                        1000,
                        FIRST,
                        Optional.of(FIRST.plus(Duration.ofHours(36)).plusNanos(1))))
                .isEqualTo(13);
        assertThat(pace.stepsBefore(5, 1000, FIRST, Optional.of(FIRST))).isZero();
        assertThat(pace.stepsBefore(5, 1000, FIRST, Optional.empty())).isEqualTo(995);
        assertThat(pace.length(5, 1000)).isEqualTo(Duration.ofHours(3 * 994));
    }

    private static List<Ramp.Step> walk(Ramp.Pace pace, int from, int to, Instant change) {
        List<Ramp.Step> walk = new ArrayList<>();
        int live = from;
        Instant at = FIRST;
        while (live != to && at.isBefore(change)) {
            live = pace.next(from, live, to);
            walk.add(new Ramp.Step(at, live));
            at = at.plus(pace.pause());
        }
        return walk;
    }
}
