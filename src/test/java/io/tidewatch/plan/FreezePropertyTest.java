package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds in every pass over random commits, live objects and instants around a freeze. */
class FreezePropertyTest {

    private static final long SEED = 20261129;
    private static final int CASES = Integer.getInteger("tidewatch.freezes", 150);
    private static final Instant FREEZES = Instant.parse("2026-11-22T13:15:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T17:00:00Z");
    private static final Instant RELEASED = Instant.parse("2026-11-22T17:05:00Z");
    private static final Duration NIGHT = Duration.ofHours(5);
    private static final List<String> STATES =
            List.of("Converged", "ConvergedUpdating", "Waiting", "AvailabilityLag", "Unknown");

    private final Random random = new Random(SEED);

    @Test
    void templatesAreWrittenInAFreezeByATrailerAloneAndAfterItAlways() {
        int held = 0;
        int written = 0;
        for (int i = 0; i < CASES; i++) {
            FreezeStepsTest.Row row = row();
            Plan plan = new FreezeStepsTest.OnePass(row).plan();
            judge(row, plan);
            held += plan.skipped().stream().anyMatch(skip -> skip.frozen().isPresent()) ? 1 : 0;
            written += begins(plan, "checkout") ? 1 : 0;
        }
        assertThat(held).as("revisions that were held").isGreaterThan(CASES / 10);
        assertThat(written).as("revisions that were written").isGreaterThan(CASES / 10);
    }

    private static void judge(FreezeStepsTest.Row row, Plan plan) {
        Set<String> git = row.git();
        boolean isFrozen = !row.at().isBefore(FREEZES)
                && row.at().isBefore(CLOSES)
                && !git.contains("no freeze")
                && !git.contains("no schedule")
                && !git.contains("suspended");
        boolean isLaterDrift = row.live().contains("kubectl-set at 14:30:00");
        if (isFrozen && (!git.contains("trailer") || isLaterDrift)) {
            assertThat(begins(plan, "checkout"))
                    .as("written in a freeze: %s", describe(row))
                    .isFalse();
        }
        if (!git.contains("no freeze")) {
            assertThat(begins(plan, "checkout") && lowers(plan))
                    .as("written in the pass that lowers: %s", describe(row))
                    .isFalse();
        }
        boolean isDue = (git.contains("trailer") && !isLaterDrift)
                || !row.at().isBefore(RELEASED)
                || !isFrozen && row.at().isBefore(FREEZES);
        if (isDue && differs(row) && !lowers(plan)) {
            assertThat(begins(plan, "checkout"))
                    .as("not written: %s", describe(row))
                    .isTrue();
        }
        assertThat(begins(plan, "cart"))
                .as("the other target: %s", describe(row))
                .isEqualTo(git.contains("cart too"));
    }

    /** Whether Git's template differs where Tidewatch may write it. */
    private static boolean differs(FreezeStepsTest.Row row) {
        boolean isForeign = row.live().stream().anyMatch(word -> word.startsWith("kubectl-set"));
        return !(isForeign && row.git().contains("drift Report"))
                && !image(row.git()).equals(image(row.live()));
    }

    private static String image(Set<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("image "))
                .findFirst()
                .orElse("image 1");
    }

    /** @param workload how its name begins: with workloadRef the template is in another object than the Rollout */
    private static boolean begins(Plan plan, String workload) {
        return plan.actions().stream()
                .anyMatch(action -> action instanceof Action.ApplyManifest apply
                        && apply.beginsRevision()
                        && apply.key().name().startsWith(workload));
    }

    private static boolean lowers(Plan plan) {
        return plan.actions().stream()
                .anyMatch(action -> action instanceof Action.SetMinReplicas set
                        && set.from().orElse(0) > set.to());
    }

    private static String describe(FreezeStepsTest.Row row) {
        return row.at() + ", Git " + row.git() + ", live " + row.live();
    }

    private FreezeStepsTest.Row row() {
        Set<String> git = new HashSet<>(Set.of("image " + (1 + random.nextInt(3))));
        sometimes(3, git, "trailer");
        sometimes(4, git, "other field");
        sometimes(4, git, "cart too");
        sometimes(5, git, "drift Report");
        sometimes(10, git, List.of("suspended", "no freeze", "no schedule").get(random.nextInt(3)));
        Set<String> live = new HashSet<>(Set.of(STATES.get(random.nextInt(STATES.size()))));
        live.add("minimum " + (random.nextBoolean() ? 5 : 7));
        if (random.nextInt(4) == 0) {
            live.add("image 9");
            live.add("kubectl-set at " + (random.nextBoolean() ? "12:45:00" : "14:30:00"));
        }
        sometimes(2, live, List.of("Deployment", "StatefulSet", "workloadRef").get(random.nextInt(3)));
        Instant at = CLOSES.plus(Duration.ofHours(1)).minusSeconds(random.nextLong(NIGHT.toSeconds()));
        return new FreezeStepsTest.Row("", at, git, live, "");
    }

    private void sometimes(int oneOf, Set<String> words, String word) {
        if (random.nextInt(oneOf) == 0) {
            words.add(word);
        }
    }
}
