package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.LabelSelector;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays each row of docs/steps.md. */
class StepsPageTest {

    private static final String DAY = "2026-11-22T";
    private static final int CELLS = 6;

    /** One row of the table "Remedies". */
    record Row(String name, State state, Instant at, String rollout, String tried, String then) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> remedies() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/steps.md"));
        return lines.subList(lines.indexOf("## Remedies") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case "))
                .map(line -> line.substring(1, line.length() - 1).split("\\|"))
                .map(StepsPageTest::row);
    }

    private static Row row(String[] cells) {
        assertThat(cells).as(Arrays.toString(cells)).hasSize(CELLS);
        return new Row(
                cells[0].trim(),
                state(cells[1].trim()),
                at(cells[2].trim()),
                cells[3].trim(),
                cells[4].trim(),
                cells[5].trim());
    }

    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no state " + word));
    }

    private static Instant at(String time) {
        return Instant.parse(DAY + time + "Z");
    }

    @ParameterizedTest
    @MethodSource("remedies")
    void rowOfThePage(Row row) {
        StaleTarget target = target(row.rollout());
        DesiredBounds desired = target.desired(row.at());
        ScaledObjectView live = live(desired, row);

        Decision decision = new TargetDecision(
                        desired,
                        target.seen(live),
                        live,
                        Optional.of(StaleTarget.diagnosis(row.state())),
                        Optional.empty(),
                        Optional.empty(),
                        budgets(row.rollout()),
                        "tidewatch",
                        Optional.empty(),
                        Optional.empty(),
                        new Moment(row.at()))
                .decide();

        assertThat(words(decision)).isEqualTo(row.then());
    }

    @Test
    void thePageHasRows() throws IOException {
        assertThat(remedies()).hasSizeGreaterThan(20);
    }

    private static ScaledObjectView live(DesiredBounds desired, Row row) {
        int minimum = desired.bounds().min();
        Map<String, String> memory = new LinkedHashMap<>(Given.memory(desired, minimum));
        if (!row.tried().isEmpty()) {
            memory.put("tidewatch.io/remedies", row.tried().replaceAll("@(\\d\\d:\\d\\d:\\d\\d)", "@" + DAY + "$1Z"));
        }
        return Given.live(minimum, memory, "tidewatch");
    }

    private static StaleTarget target(String described) {
        String[] words = described.replaceFirst(", budgets?.*", "").split(" ", 3);
        StaleTarget target = new StaleTarget(
                Integer.parseInt(words[0]),
                List.of(
                        new RemedyPolicy(RemedyPolicy.Type.NUDGE_REPLICA_SETS, 3, Duration.ofSeconds(20)),
                        new RemedyPolicy(RemedyPolicy.Type.RESTART_ROLLOUT, 1, Duration.ofSeconds(20))));
        String rest = words.length > 2 ? words[2] : "";
        switch (rest) {
            case "" -> {}
            case "updating" -> target.part("status").put("currentPodHash", "def");
            case "paused" -> target.part("spec").put("paused", true);
            case "restarting" -> target.part("spec").put("restartAt", DAY + "17:02:00Z");
            case "restarting by Tidewatch" -> {
                target.part("spec").put("restartAt", DAY + "17:02:00Z");
                target.owned("restartAt", "tidewatch", "Update");
            }
            case "restarted by Tidewatch" -> restarted(target, "tidewatch");
            case "restarted by kubectl" -> restarted(target, "kubectl-argo-rollouts");
            case "restartAt of argocd-controller" -> restarted(target, "argocd-controller");
            case "maxUnavailable 2" ->
                target.part("spec").put("strategy", Map.of("canary", Map.of("maxUnavailable", 2)));
            case "nudged at 17:02:20" ->
                target.part("metadata").put("annotations", Map.of("tidewatch.io/nudged-at", DAY + "17:02:20Z"));
            default -> throw new AssertionError("unknown Rollout: " + described);
        }
        return target;
    }

    private static Budgets budgets(String described) {
        int at = described.indexOf(", budget");
        String words = at < 0 ? "" : described.substring(at + 2);
        if (words.equals("budgets not read yet")) {
            return new Budgets(List.of(), Set.of("shop"));
        }
        return words.isEmpty()
                ? Budgets.NONE
                : new Budgets(
                        List.of(new BudgetView(
                                "shop",
                                "web",
                                Optional.of(new LabelSelector("app in (checkout,cart)")),
                                OptionalInt.of(Integer.parseInt(words.substring("budget allows ".length()))))),
                        Set.of());
    }

    private static void restarted(StaleTarget target, String manager) {
        target.part("spec").put("restartAt", DAY + "17:02:00Z");
        target.part("status").put("restartedAt", DAY + "17:02:00Z");
        target.owned("restartAt", manager, manager.startsWith("argocd") ? "Apply" : "Update");
    }

    private static String words(Decision decision) {
        return decision.action()
                .map(StepsPageTest::words)
                .or(() -> decision.skipped().map(Skipped::reason))
                .or(() -> decision.checkAgainAt()
                        .map(at -> "checks again at " + at.toString().substring(DAY.length(), DAY.length() + 8)))
                .orElse("nothing");
    }

    private static String words(Action action) {
        if (action instanceof Action.NudgeReplicaSets nudge) {
            return "nudge ReplicaSet " + nudge.replicaSets().get(0).name() + " "
                    + new Action.Attempt(nudge.attempt(), nudge.attempts());
        }
        Action.PatchRollout patch = (Action.PatchRollout) action;
        return switch (patch.change()) {
            case RESTART -> "restart Rollout " + patch.rollout() + " " + patch.attempt();
            case NUDGE -> "nudge Rollout " + patch.rollout() + " " + patch.attempt();
            case RESTART_DONE -> "remove spec.restartAt of Rollout " + patch.rollout();
            case NUDGE_DONE -> "remove the annotation of the nudge from Rollout " + patch.rollout();
            case EXTEND, EXTEND_DONE, FORGOTTEN -> throw new AssertionError("no row is about " + patch.change());
        };
    }
}
