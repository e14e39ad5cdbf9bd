package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Night;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random nights, in which a status stays stale or not: no remedy beyond its attempts, its pause, and the budget of the night. */
class RemedyNightsTest {

    private static final int PASSES = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noRemedyGoesBeyondItsBounds(long seed) {
        Random random = new Random(seed);
        for (int night = 0; night < 10; night++) {
            play(random);
        }
    }

    private static void play(Random random) {
        StaleTarget target = new StaleTarget(2 + random.nextInt(4), policies(random));
        Map<String, String> memory = new LinkedHashMap<>();
        Map<String, Integer> inPeriod = new HashMap<>();
        Map<LocalDate, Integer> inNight = new HashMap<>();
        Map<RemedyPolicy.Type, Instant> last = new HashMap<>();
        Instant now = Given.OPENS.plusSeconds(random.nextInt(100_000));
        for (int pass = 0; pass < PASSES; pass++) {
            now = now.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(30));
            DesiredBounds desired = target.desired(now);
            ScaledObjectView live = Given.live(desired.bounds().min(), memory, "tidewatch");
            if (random.nextInt(20) == 0) {
                memory = new OwnRecord(live.meta())
                        .after(desired, "tidewatch", false, Optional.empty(), Optional.empty(), now);
                continue;
            }
            State state = random.nextInt(10) == 0 ? State.CONVERGED : State.STALE_STATUS;
            Decision decision = new RemedyDecision(
                            desired,
                            target.seen(live),
                            live,
                            StaleTarget.diagnosis(state),
                            Budgets.NONE,
                            "tidewatch",
                            new Moment(now))
                    .decide(Optional.empty());
            if (decision.action().isEmpty()) {
                continue;
            }
            assertThat(state).isEqualTo(State.STALE_STATUS);
            RemedyPolicy.Type type = typeOf(decision.action().get());
            memory = annotations(decision.action().get());
            RemedyPolicy policy = target.remedies.stream()
                    .filter(one -> one.type() == type)
                    .findFirst()
                    .orElseThrow();
            assertThat(inPeriod.merge(type + desired.period(), 1, Integer::sum))
                    .as(memory.toString())
                    .isLessThanOrEqualTo(policy.attempts());
            assertThat(inNight.merge(Night.of(now, desired.schedule().timeZone()), 1, Integer::sum))
                    .as(memory.toString())
                    .isLessThanOrEqualTo(Limits.REMEDIES_IN_NIGHT);
            Instant before = last.put(type, now);
            if (before != null && now.isBefore(before.plus(policy.every()))) {
                assertThat(target.desired(before).period()).isNotEqualTo(desired.period());
            }
        }
    }

    private static List<RemedyPolicy> policies(Random random) {
        List<RemedyPolicy.Type> types = new ArrayList<>(Arrays.asList(RemedyPolicy.Type.values()));
        java.util.Collections.shuffle(types, random);
        return types.stream()
                .limit(1 + random.nextInt(types.size()))
                .map(type -> new RemedyPolicy(type, 1 + random.nextInt(15), Duration.ofSeconds(1 + random.nextInt(40))))
                .toList();
    }

    private static RemedyPolicy.Type typeOf(Action action) {
        if (action instanceof Action.NudgeReplicaSets) {
            return RemedyPolicy.Type.NUDGE_REPLICA_SETS;
        }
        return ((Action.PatchRollout) action).change() == Action.Change.RESTART
                ? RemedyPolicy.Type.RESTART_ROLLOUT
                : RemedyPolicy.Type.NUDGE_ROLLOUT;
    }

    private static Map<String, String> annotations(Action action) {
        Map<String, Object> body = action instanceof Action.NudgeReplicaSets nudge
                ? nudge.body()
                : ((Action.PatchRollout) action).memory().orElseThrow().body();
        Map<String, String> annotations = new LinkedHashMap<>();
        ((Map<?, ?>) ((Map<?, ?>) body.get("metadata")).get("annotations"))
                .forEach((key, value) -> annotations.put(String.valueOf(key), String.valueOf(value)));
        assertThat(annotations).containsKey(Annotations.REMEDIES);
        return annotations;
    }
}
