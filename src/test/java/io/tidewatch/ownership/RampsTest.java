package io.tidewatch.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.Ramp.Pace;
import io.tidewatch.model.definition.Ramp.Size;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Steps of ramps: by walks in which the goal, the minimum and the hour change at random. */
class RampsTest {

    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Bounds BASELINE = new Bounds(5, 20);
    private static final int WALKS = Integer.getInteger("tidewatch.ramps", 2_000);
    private static final long SEED = 20261129;

    @Test
    void shareIsOfTheWholeWayAndRoundedUp() {
        Pace quarter = new Pace(new Size.Share(25), PAUSE);

        assertThat(quarter.next(5, 5, 7)).isEqualTo(6);
        assertThat(quarter.next(5, 5, 20)).isEqualTo(9);
        assertThat(quarter.next(5, 9, 20)).isEqualTo(13);
        assertThat(quarter.next(20, 6, 5)).isEqualTo(5);
        assertThat(quarter.steps(5, 20)).isEqualTo(4);
        assertThat(quarter.steps(0, Integer.MAX_VALUE)).isEqualTo(4);
    }

    @Test
    void maximumIsNeverBelowTheMinimumOfAStep() {
        DesiredBounds desired = desired(new Bounds(5, 8), ConflictPolicy.ADOPT);

        RampStep step = Ramps.step(
                        desired, live(20, Map.of(Annotations.APPLIED, "20..30", Annotations.WINDOW, "launch")), OPENS)
                .orElseThrow();

        assertThat(step.bounds()).isEqualTo(new Bounds(18, 18));
    }

    @Test
    void instantOfTheLastWriteThatLiesAheadDoesNotStopARamp() {
        DesiredBounds desired = desired(20, ConflictPolicy.ADOPT);
        Map<String, String> record = Map.of(
                Annotations.WINDOW, desired.period(),
                Annotations.APPLIED, "10..100",
                Annotations.APPLIED_AT, "2031-01-01T00:00:00Z",
                Annotations.RAMP, "up from 5 to 20 since 2031-01-01T00:00:00Z");

        assertThat(Ramps.step(desired, live(10, record), OPENS).map(RampStep::bounds))
                .contains(new Bounds(15, 100));
    }

    /** In each walk the goal changes now and then, and every pass may be the first of a new process. */
    @Test
    void walksNeverOvershootNorHurryAndEndAtTheGoal() {
        for (int walk = 0; walk < WALKS; walk++) {
            walk(new Random(SEED + walk), walk);
        }
    }

    private static void walk(Random random, int walk) {
        Ramp ramp = new Ramp(
                Optional.of(pace(random)), random.nextBoolean() ? Optional.of(pace(random)) : Optional.empty());
        Instant now = OPENS;
        int goal = random.nextInt(60);
        ScaledObjectView live = live(random.nextInt(60), Map.of());
        Optional<Instant> written = Optional.empty();
        int direction = 0;
        int left = 0;
        for (int pass = 0; pass < 60; pass++) {
            if (random.nextInt(12) == 0) {
                goal = random.nextInt(60);
            }
            DesiredBounds desired = desired(new Bounds(goal, 100), ConflictPolicy.FORCE, ramp);
            DesiredBounds stepped =
                    Ramps.step(desired, live, now).map(desired::with).orElse(desired);
            int minimum = live.bounds().min();
            int next = stepped.bounds().min();
            String about = "walk " + walk + ", pass " + pass + ": " + minimum + " to " + next + " of " + goal;
            assertThat(next).as(about).isBetween(Math.min(minimum, goal), Math.max(minimum, goal));
            if (next != minimum) {
                int turned = Integer.signum(next - minimum);
                Optional<Pace> pace = ramp.pace(minimum, goal);
                if (pace.isPresent() && turned == direction && written.isPresent() && left == goal && minimum != goal) {
                    Duration since = Duration.between(written.get(), now);
                    assertThat(since)
                            .as(about)
                            .isGreaterThanOrEqualTo(pace.get().pause());
                }
                assertThat(pace.isPresent() || next == goal).as(about).isTrue();
                live = live(
                        next,
                        new OwnRecord(live.meta())
                                .after(stepped, "tidewatch", false, Optional.empty(), Optional.empty(), now));
                written = Optional.of(now);
                direction = turned;
                left = goal;
            } else {
                boolean waits = stepped.ramp()
                        .flatMap(RampStep::next)
                        .filter(now::isBefore)
                        .isPresent();
                assertThat(minimum == goal || waits).as(about).isTrue();
            }
            now = now.plusSeconds(random.nextInt(40));
        }
        for (int pass = 0; pass <= 60; pass++) {
            DesiredBounds desired = desired(new Bounds(goal, 100), ConflictPolicy.FORCE, ramp);
            DesiredBounds stands =
                    Ramps.step(desired, live, now).map(desired::with).orElse(desired);
            live = live(
                    stands.bounds().min(),
                    new OwnRecord(live.meta())
                            .after(stands, "tidewatch", false, Optional.empty(), Optional.empty(), now));
            now = now.plus(Duration.ofMinutes(2));
        }
        assertThat(live.bounds().min()).as("the end of walk " + walk).isEqualTo(goal);
    }

    private static Pace pace(Random random) {
        Size size = random.nextBoolean()
                ? new Size.Absolute(1 + random.nextInt(20))
                : new Size.Share(1 + random.nextInt(100));
        return new Pace(size, Duration.ofSeconds(1 + random.nextInt(90)));
    }

    private static ScaledObjectView live(int min, Map<String, String> annotations) {
        return LiveScaledObject.of(min, annotations, List.of(), OPENS);
    }

    private static DesiredBounds desired(int minimum, ConflictPolicy policy) {
        return desired(new Bounds(minimum, 100), policy);
    }

    private static DesiredBounds desired(Bounds bounds, ConflictPolicy policy) {
        return desired(
                bounds,
                policy,
                new Ramp(
                        Optional.of(new Pace(new Size.Absolute(5), PAUSE)),
                        Optional.of(new Pace(new Size.Absolute(2), PAUSE.multipliedBy(2)))));
    }

    private static DesiredBounds desired(Bounds bounds, ConflictPolicy policy, Ramp ramp) {
        ScaleSchedule schedule = new ScaleSchedule(
                "shop",
                "checkout-midnight",
                new Origin("shop", "schedules.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName("checkout"),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                Checks.DEFAULT,
                policy,
                ramp,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                new Target("shop", "checkout"),
                schedule,
                new Commit("shop", "3f2c1ab9", "Dana", OPENS.minusSeconds(3600), "raise the minimum"),
                BASELINE,
                true,
                Current.of(bounds)
                        .in(Optional.of(new OpenWindow("launch", OPENS, OPENS.plusSeconds(7200), false)))
                        .since(Optional.of(OPENS)));
    }
}
