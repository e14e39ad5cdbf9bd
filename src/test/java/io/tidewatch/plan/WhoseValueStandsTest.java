package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.chain.StandingMinimum;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.proof.ValueOracle;
import io.tidewatch.proof.ValueOracle.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the contract's table, as a reader would check it, and against an oracle that reads the raw object. */
class WhoseValueStandsTest {

    private static final long SEED = 20261124;
    private static final int CASES = Integer.getInteger("tidewatch.values", 4_000);
    private static final int FIGHTS = Integer.getInteger("tidewatch.fights", 60);
    private static final Bounds BASELINE = new Bounds(5, 20);
    private static final Bounds PEAK = new Bounds(7, 20);
    private static final Bounds HIGH_PEAK = new Bounds(7, 30);
    private static final Bounds LOW = new Bounds(4, 20);

    /**
     * Baseline 5..20, the window wants 7. Ours: what our annotation says that we wrote (here, in this period, with no
     * take-over spent unless said so); "-": we never wrote.
     */
    @ParameterizedTest(name = "{0}, live {1}, ours {2}, owner {3}, {4}: {5}")
    @CsvSource(textBlock = """
            # open or not, live, ours,        owner,      onConflict, what
            window,        7,    -,           argocd,     Adopt,      NO_REQUEST
            window,        7,    -,           argocd,     Report,     NO_REQUEST
            window,        7,    5,           kubectl,    Force,      NO_REQUEST
            baseline,      5,    7,           kubectl,    Adopt,      NO_REQUEST
            window,        5,    5,           tidewatch,  Adopt,      WRITE
            window,        5,    5,           tidewatch,  Report,     WRITE
            window,        5,    5,           tidewatch,  Force,      WRITE
            baseline,      7,    7,           tidewatch,  Adopt,      WRITE
            baseline,      7,    7,           tidewatch,  Report,     WRITE
            window,        5,    -,           argocd,     Adopt,      WRITE
            window,        5,    -,           argocd,     Force,      WRITE
            window,        5,    -,           argocd,     Report,     CONFLICT
            window,        5,    -,           tidewatch,  Report,     WRITE
            window,        3,    -,           kubectl,    Adopt,      WRITE
            baseline,      3,    -,           kubectl,    Adopt,      WRITE
            window,        5,    7,           argocd,     Adopt,      TAKE_OVER
            window,        5,    7 spent,     argocd,     Adopt,      CONFLICT
            window,        5,    7 spent ago, argocd,     Adopt,      TAKE_OVER
            window,        5,    7,           argocd,     Report,     CONFLICT
            window,        5,    7,           argocd,     Force,      WRITE
            window,        5,    7 spent,     argocd,     Force,      WRITE
            baseline,      3,    7,           kubectl,    Adopt,      TAKE_OVER
            baseline,      3,    5 spent,     kubectl,    Adopt,      CONFLICT
            baseline,      3,    5,           kubectl,    Report,     CONFLICT
            baseline,      3,    5,           kubectl,    Force,      WRITE
            window,        9,    -,           kubectl,    Adopt,      LEAVE
            window,        9,    -,           kubectl,    Report,     LEAVE
            window,        9,    -,           kubectl,    Force,      WRITE
            window,        9,    7,           kubectl,    Adopt,      LEAVE
            window,        9,    7,           kubectl,    Report,     LEAVE
            window,        9,    7,           kubectl,    Force,      WRITE
            baseline,      9,    -,           kubectl,    Adopt,      LEAVE
            baseline,      9,    7,           kubectl,    Adopt,      LEAVE
            baseline,      9,    7,           kubectl,    Force,      WRITE
            baseline,      9,    7 of 4..20,  kubectl,    Adopt,      WRITE
            baseline,      9,    7 of 4..20,  kubectl,    Report,     CONFLICT
            baseline,      9,    7 of 5..20,  kubectl,    Adopt,      LEAVE
            window,        9,    7 of 4..20,  kubectl,    Adopt,      LEAVE
            """)
    void aCellOfTheTable(String when, int live, String ours, String owner, String policy, Answer what) {
        boolean open = when.equals("window");
        DesiredBounds desired = desired(policy, open ? PEAK : BASELINE, BASELINE, open, false);
        LiveMinimum minimum = new LiveMinimum(live, 20, owner);
        remember(minimum, desired, ours);

        assertThat(answer(minimum.plan(desired))).isEqualTo(what);
    }

    @Test
    void theMaximumComesBackWithTheMinimum() {
        LiveMinimum minimum = new LiveMinimum(5, 20, "argocd");
        rest(minimum, desired("Adopt", HIGH_PEAK, BASELINE, true, true));
        assertThat(new Bounds(minimum.min, minimum.max)).isEqualTo(HIGH_PEAK);

        rest(minimum, desired("Adopt", BASELINE, BASELINE, false, true));

        assertThat(new Bounds(minimum.min, minimum.max)).isEqualTo(BASELINE);
    }

    /** Once a hand's change of the maximum was taken for a minimum raised by hand, and held the minimum up for ever. */
    @Test
    void aMaximumChangedManuallyDoesNotKeepTheMinimumUp() {
        LiveMinimum minimum = new LiveMinimum(5, 20, "tidewatch");
        rest(minimum, desired("Adopt", HIGH_PEAK, BASELINE, true, true));
        minimum.max = 25;
        minimum.maxOwner = "kubectl-edit";

        Plan plan = minimum.plan(desired("Adopt", BASELINE, BASELINE, false, true));

        assertThat(answer(plan)).isEqualTo(Answer.TAKE_OVER);
        assertThat(((Action.SetMinReplicas) plan.actions().get(0)).to()).isEqualTo(5);
    }

    @Test
    void aConflictOverTheMaximumNamesTheMaximum() {
        LiveMinimum minimum = new LiveMinimum(5, 20, "tidewatch");
        DesiredBounds desired = desired("Report", HIGH_PEAK, BASELINE, true, true);
        rest(minimum, desired);
        minimum.max = 20;
        minimum.maxOwner = "argocd-controller";

        assertThat(minimum.plan(desired).skipped())
                .extracting(Skipped::reason)
                .containsExactly(
                        "argocd-controller keeps the maximum at 20, desired is 30; to fix it: in the Argo CD Application write"
                                + " ignoreDifferences: [{group: keda.sh, kind: ScaledObject, jsonPointers:"
                                + " [/spec/maxReplicaCount]}] and syncOptions: [RespectIgnoreDifferences=true]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            argocd-controller    | in the Argo CD Application write ignoreDifferences: [{group: keda.sh, kind: ScaledObject, jsonPointers: [/spec/minReplicaCount]}] and syncOptions: [RespectIgnoreDifferences=true]
            kustomize-controller | in the Flux Kustomization (2.9 or later) write spec.ignore: [{target: {kind: ScaledObject}, paths: [/spec/minReplicaCount]}]
            kubectl-edit         | stop kubectl-edit from writing spec.minReplicaCount, or set onConflict: Force
            """)
    void aConflictNamesTheOtherManagerAndTheRuleThatEndsIt(String manager, String rule) {
        LiveMinimum minimum = new LiveMinimum(5, 20, manager);

        Plan plan = minimum.plan(desired("Report", PEAK, BASELINE, true, false));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.skipped())
                .extracting(Skipped::reason)
                .containsExactly(manager + " keeps the minimum at 5, desired is 7; to fix it: " + rule);
    }

    @Test
    void aWindowBelowTheBaselineBeginsAndAHandsValueBetweenStays() {
        DesiredBounds desired = desired("Adopt", LOW, new Bounds(8, 20), true, false);

        assertThat(answer(new LiveMinimum(8, 20, "tidewatch").plan(desired))).isEqualTo(Answer.WRITE);
        assertThat(answer(new LiveMinimum(6, 20, "kubectl").plan(desired))).isEqualTo(Answer.LEAVE);
    }

    /** An object that was deleted and made anew has none of our annotations: it is decided as before our first write. */
    @Test
    void aNewLifeStartsWithoutMemory() {
        DesiredBounds desired = desired("Adopt", PEAK, BASELINE, true, false);
        LiveMinimum spent = new LiveMinimum(5, 20, "argocd");
        remember(spent, desired, "7 spent");
        assertThat(answer(spent.plan(desired))).isEqualTo(Answer.CONFLICT);

        LiveMinimum anew = new LiveMinimum(5, 20, "argocd");

        assertThat(answer(anew.plan(desired))).isEqualTo(Answer.WRITE);
        assertThat(answer(new LiveMinimum(9, 20, "argocd").plan(desired))).isEqualTo(Answer.LEAVE);
    }

    @Test
    void everyCellAgreesWithTheTable() {
        Random random = new Random(SEED);
        Map<Answer, Integer> seen = new EnumMap<>(Answer.class);
        for (int i = 0; i < CASES; i++) {
            DesiredBounds desired = anyDesired(random);
            LiveMinimum minimum = anyFloor(random, desired);
            Plan plan = minimum.plan(desired);
            ValueOracle oracle = oracle(minimum, desired);

            assertThat(answer(plan))
                    .as("case %d of seed %d: %s for %s", i, SEED, minimum.raw(), oracle)
                    .isEqualTo(oracle.answer());
            assertDiagnosedAlike(minimum, desired, oracle.answer());
            seen.merge(oracle.answer(), 1, Integer::sum);
            for (Action action : plan.actions()) {
                Action.SetMinReplicas set = (Action.SetMinReplicas) action;
                assertThat(set.force() || !oracle.isOthers())
                        .as("case %d of seed %d: what others own needs force", i, SEED)
                        .isTrue();
                assertThat(set.force()
                                && !oracle.isOthers()
                                && !oracle.onConflict().equals("Force"))
                        .as("case %d of seed %d: no force without need", i, SEED)
                        .isFalse();
            }
        }
        assertThat(seen).as("all answers came").containsOnlyKeys(Answer.values());
    }

    /** However a rival plays, we take over once in a period, and after a conflict write nothing until the next edge. */
    @Test
    void fightsEnd() {
        Random random = new Random(SEED);
        for (int i = 0; i < FIGHTS; i++) {
            String policy = List.of("Adopt", "Report", "Force").get(random.nextInt(3));
            LiveMinimum minimum = new LiveMinimum(5, 20, random.nextBoolean() ? "tidewatch" : "argocd");
            boolean open = false;
            int edge = 0;
            int takeovers = 0;
            boolean conflict = false;
            for (int move = 0; move < 30; move++) {
                if (random.nextInt(4) == 0) {
                    open = !open;
                    edge++;
                    takeovers = 0;
                    conflict = false;
                } else {
                    minimum.min = 3 + random.nextInt(7);
                    minimum.minOwner = "argocd";
                }
                DesiredBounds desired = desired(policy, open ? PEAK : BASELINE, BASELINE, open, false, edge);
                Plan plan = minimum.plan(desired);
                for (int pass = 0; pass < 3 && !plan.actions().isEmpty(); pass++) {
                    assertThat(conflict)
                            .as("fight %d, move %d: silent after a conflict", i, move)
                            .isFalse();
                    takeovers += answer(plan) == Answer.TAKE_OVER ? 1 : 0;
                    minimum.apply((Action.SetMinReplicas) plan.actions().get(0));
                    plan = minimum.plan(desired);
                }
                conflict |= answer(plan) == Answer.CONFLICT && policy.equals("Adopt");
                assertDiagnosedAlike(minimum, desired, answer(plan));

                assertThat(plan.actions())
                        .as("fight %d, move %d: at rest", i, move)
                        .isEmpty();
                assertThat(takeovers).isLessThanOrEqualTo(policy.equals("Adopt") ? 1 : 0);
                assertThat(minimum.min >= desired.bounds().min() || answer(plan) == Answer.CONFLICT)
                        .as("fight %d, move %d: enough, or said", i, move)
                        .isTrue();
                assertThat(!policy.equals("Force")
                                || minimum.min == desired.bounds().min())
                        .as("fight %d, move %d: forced", i, move)
                        .isTrue();
            }
        }
    }

    /** Once the plan wrote what the diagnosis called raised by hand. */
    private static void assertDiagnosedAlike(LiveMinimum minimum, DesiredBounds desired, Answer planned) {
        StandingMinimum standing = new StandingMinimum(
                Optional.of(ObjectReader.scaledObject(minimum.raw(), Given.OPENS)),
                OptionalInt.of(desired.bounds().min()),
                Optional.of(desired));

        assertThat(standing.isRaisedManually())
                .as("raised manually, by the diagnosis: %s", minimum.raw())
                .isEqualTo(planned == Answer.LEAVE);
        assertThat(standing.conflict().isPresent())
                .as("a conflict, by the diagnosis: %s", minimum.raw())
                .isEqualTo(planned == Answer.CONFLICT);
    }

    private static Answer answer(Plan plan) {
        if (!plan.actions().isEmpty()) {
            assertThat(plan.actions()).hasSize(1).first().isInstanceOf(Action.SetMinReplicas.class);
            return plan.actions().get(0).reason().equals("taken back") ? Answer.TAKE_OVER : Answer.WRITE;
        }
        return plan.skipped().stream()
                .map(Skipped::code)
                .map(code -> code.equals(Skipped.CONFLICT)
                        ? Answer.CONFLICT
                        : code.equals(Skipped.RAISED_MANUALLY) ? Answer.LEAVE : null)
                .findFirst()
                .orElse(Answer.NO_REQUEST);
    }

    /** Looks and writes until there is nothing to do. */
    private static void rest(LiveMinimum minimum, DesiredBounds desired) {
        Plan plan = minimum.plan(desired);
        while (!plan.actions().isEmpty()) {
            minimum.apply((Action.SetMinReplicas) plan.actions().get(0));
            plan = minimum.plan(desired);
        }
    }

    private static void remember(LiveMinimum minimum, DesiredBounds desired, String ours) {
        if (ours.equals("-")) {
            return;
        }
        String[] words = ours.split(" ", 2);
        String more = words.length == 1 ? "" : words[1];
        minimum.annotations.put("tidewatch.io/instance", "tidewatch");
        minimum.annotations.put("tidewatch.io/applied", words[0] + "..20");
        minimum.annotations.put(
                "tidewatch.io/window", more.equals("spent ago") ? "earlier@2026-11-20T13:30:00Z" : desired.period());
        if (more.startsWith("spent")) {
            minimum.annotations.put("tidewatch.io/takeovers", "1");
        }
        minimum.annotations.put("tidewatch.io/baseline", more.startsWith("of ") ? more.substring(3) : "5..20");
    }

    private static ValueOracle oracle(LiveMinimum minimum, DesiredBounds desired) {
        String policy = desired.schedule().onConflict().name();
        return new ValueOracle(
                minimum.raw(),
                policy.charAt(0) + policy.substring(1).toLowerCase(Locale.ROOT),
                desired.window().isPresent(),
                desired.bounds().min(),
                desired.bounds().max(),
                desired.setsMax(),
                desired.baseline().min(),
                desired.baseline().max(),
                desired.period());
    }

    private static DesiredBounds anyDesired(Random random) {
        boolean open = random.nextBoolean();
        Bounds baseline = new Bounds(4 + random.nextInt(3), 20 + random.nextInt(2));
        Bounds bounds = open ? new Bounds(3 + random.nextInt(6), 20 + random.nextInt(3)) : baseline;
        return desired(
                List.of("Adopt", "Report", "Force").get(random.nextInt(3)),
                bounds,
                baseline,
                open,
                random.nextBoolean());
    }

    private static LiveMinimum anyFloor(Random random, DesiredBounds desired) {
        List<String> owners = List.of("tidewatch", "argocd-controller", "kubectl-edit");
        LiveMinimum minimum =
                new LiveMinimum(3 + random.nextInt(7), 20 + random.nextInt(3), owners.get(random.nextInt(3)));
        minimum.maxOwner = owners.get(random.nextInt(3));
        if (random.nextInt(4) > 0) {
            minimum.annotations.put("tidewatch.io/instance", "tidewatch");
            minimum.annotations.put("tidewatch.io/applied", (3 + random.nextInt(7)) + ".." + (20 + random.nextInt(3)));
            minimum.annotations.put("tidewatch.io/window", random.nextBoolean() ? desired.period() : "earlier");
            if (random.nextBoolean()) {
                minimum.annotations.put("tidewatch.io/takeovers", Integer.toString(random.nextInt(3)));
            }
            if (random.nextBoolean()) {
                minimum.annotations.put(
                        "tidewatch.io/baseline", (4 + random.nextInt(3)) + ".." + (20 + random.nextInt(2)));
            }
        }
        return minimum;
    }

    private static DesiredBounds desired(String policy, Bounds bounds, Bounds baseline, boolean open, boolean setsMax) {
        return desired(policy, bounds, baseline, open, setsMax, 0);
    }

    private static DesiredBounds desired(
            String policy, Bounds bounds, Bounds baseline, boolean open, boolean setsMax, int edge) {
        Instant since = Given.OPENS.plus(Duration.ofDays(edge));
        DesiredBounds like = Given.inWindow(ConflictPolicy.valueOf(policy.toUpperCase(Locale.ROOT)));
        return new DesiredBounds(
                like.target(),
                like.schedule(),
                like.commit(),
                baseline,
                setsMax,
                DesiredBounds.Current.of(bounds)
                        .in(
                                open
                                        ? Optional.of(new OpenWindow(
                                                "midnight-peak", since, since.plus(Duration.ofHours(3)), false))
                                        : Optional.empty())
                        .since(Optional.of(since)));
    }
}
