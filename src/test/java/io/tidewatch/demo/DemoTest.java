package io.tidewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Reconciler;
import io.tidewatch.log.Console;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The demo succeeds if the story ends as promised, and only then. Each night has a cluster and a clock of its own. */
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

    private static final double SPEED = 20;

    /** Our deadlines run on the night's clock; a machine that is busy otherwise must still keep them. */
    private static final double UNHURRIED = 10;

    private static final UnaryOperator<Map<String, String>> AS_THEY_ARE = files -> files;
    private static final Consumer<Playground> QUIET = playground -> {};
    private static final Consumer<Reconciler> UNTOUCHED = reconciler -> {};

    @Test
    void theStoryEndsAsPromised() {
        Diagnosed told = play(UNHURRIED, Duration.ofSeconds(40), Sabotage.NONE);

        assertThat(told.asPromised()).as(told.text()).isTrue();
        assertThat(told.printed().lines())
                .allMatch(line -> line.codePointCount(0, line.length()) <= 80 || isSummary(line));
    }

    @Test
    @Tag("full")
    void withoutANudgeTheStaleStatusMustAlert() {
        Diagnosed told =
                play(Duration.ofSeconds(5), new Sabotage(files -> edited(files, "  remedies:", ""), QUIET, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text()).contains("incident: 5 of 5 pods serve").contains("BROKEN  a nudge cured it");
    }

    @Test
    void aNudgeThatDoesNotHelpIsBoundedAndThenAnIncident() {
        Diagnosed told = play(
                Duration.ofSeconds(10),
                new Sabotage(
                        AS_THEY_ARE,
                        playground -> playground.controllers().ignoreNudges("shop", "checkout"),
                        UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text())
                .contains("(attempt 3 of 3)")
                .doesNotContain("(attempt 4")
                .contains("incident: 5 of 5 pods serve");
    }

    @Test
    @Tag("full")
    void aRestartCuresWhatNudgesDoNot() {
        Diagnosed told = play(
                Duration.ofSeconds(60),
                new Sabotage(
                        files -> edited(
                                files,
                                "    - {type: NudgeReplicaSets, attempts: 3, every: 20s}",
                                "    - {type: NudgeReplicaSets, attempts: 3, every: 20s}\n    - {type: RestartRollout}"),
                        playground -> playground.controllers().ignoreNudges("shop", "checkout"),
                        UNTOUCHED));

        assertThat(told.text())
                .contains("(attempt 3 of 3)", "restarted Rollout checkout: its pods are replaced", "after the restart")
                .contains("spec.restartAt removed, the restart is done")
                .doesNotContain("incident: 5 of 5 pods serve");
    }

    @Test
    @Tag("full")
    void aNudgeOfTheRolloutCuresTheStatusAndLeavesNothingOnIt() {
        Diagnosed told = play(
                Duration.ofSeconds(60),
                new Sabotage(files -> edited(files, "type: NudgeReplicaSets", "type: NudgeRollout"), QUIET, UNTOUCHED));

        assertThat(told.text())
                .contains("nudged Rollout checkout (attempt 1 of 3)", "after the nudge of the Rollout")
                .contains("Rollout checkout: the annotation of the nudge removed")
                .doesNotContain("(attempt 2", "incident: 5 of 5 pods serve");
    }

    @Test
    @Tag("full")
    void aStoppedAlertRouteBreaksThePromise() {
        Diagnosed told = play(Duration.ofSeconds(4), new Sabotage(AS_THEY_ARE, QUIET, reconciler -> {
            try {
                reconciler.camel().getRouteController().stopRoute("slack");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text()).contains("BROKEN  Slack and the mailbox got");
    }

    @Test
    @Tag("full")
    void aWrongMinimumBreaksThePromise() {
        Diagnosed told = play(
                Duration.ofSeconds(4),
                new Sabotage(files -> edited(files, "minReplicas: 7", "minReplicas: 6"), QUIET, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text()).contains("BROKEN  checkout's minimums were");
    }

    @Test
    @Tag("full")
    void oneStepInsteadOfARampBreaksThePromise() {
        Diagnosed told = play(
                Duration.ofSeconds(6),
                new Sabotage(
                        files -> edited(files, "  ramp:\n    up: {step: 1, pause: 1m}\n", "\n"), QUIET, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text())
                .contains("BROKEN  checkout's minimums were")
                .contains("BROKEN  the last step of checkout's ramp");
    }

    @Test
    @Tag("full")
    void aCommitThatIsNotHeldBackBreaksThePromise() {
        Diagnosed told = play(
                Duration.ofSeconds(10),
                new Sabotage(
                        files -> edited(files, "freezeRollouts: true", "freezeRollouts: false"), QUIET, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text()).contains("BROKEN  the commit of 23:00 was held back");
    }

    @Test
    @Tag("full")
    void aRaiseOfWhichNothingIsCheckedBreaksThePromise() {
        Diagnosed told = play(
                Duration.ofSeconds(10),
                new Sabotage(
                        files -> edited(files, "minReplicas: 8", "minReplicas: 8\n  preflight: 0s"), QUIET, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text())
                .contains("BROKEN  the preflight warned of the quota")
                .contains("BROKEN  cart had its warning");
    }

    @Test
    @Tag("full")
    void aTargetOfAnotherKindThatIsNotRaisedBreaksThePromise() {
        Diagnosed told = play(
                Duration.ofSeconds(10),
                new Sabotage(
                        files -> {
                            Map<String, String> edited = new TreeMap<>(files);
                            edited.computeIfPresent(
                                    "catalog/schedules.yaml",
                                    (path, text) -> text.replace("minReplicas: 3", "minReplicas: 2"));
                            return edited;
                        },
                        QUIET,
                        UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text())
                .contains("BROKEN  web's, index's and mail's minimums were")
                .contains("BROKEN  the Deployment, the StatefulSet and the HPA without KEDA");
    }

    /** The answers to the HPA controller take so long that it is late by more than the bound. */
    @Test
    @Tag("full")
    void aMachineThatIsTooSlowIsNamedBesideThePromisesThatItBreaks() {
        Fault slow = Fault.delay(
                Duration.ofMillis((long) (Lag.BOUND.toMillis() / SPEED)).plusSeconds(1));
        Diagnosed told = play(
                Duration.ofSeconds(4),
                new Sabotage(
                        AS_THEY_ARE,
                        playground -> playground
                                .cluster()
                                .strikeWith((moment, call) -> moment == FaultHook.Moment.AFTER
                                                && call.path().contains("horizontalpodautoscalers")
                                                && call.path().endsWith("/status")
                                        ? slow
                                        : Fault.NONE),
                        UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text())
                .contains("BROKEN  ")
                .contains("This machine was too slow or too busy for a clock that runs 20 times as fast");
    }

    @Test
    @Tag("full")
    void oneMessageTooManyBreaksThePromise() {
        Diagnosed told = play(Duration.ofSeconds(25), new Sabotage(AS_THEY_ARE, DemoTest::postsOnceMore, UNTOUCHED));

        assertThat(told.asPromised()).isFalse();
        assertThat(told.text()).contains("BROKEN  Slack and the mailbox got");
    }

    private static void postsOnceMore(Playground playground) {
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(playground.slack().webhookUrl()))
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"once more\"}"))
                                    .build(),
                            BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every line of the schedules that contains this text is replaced; with nothing, it and what follows goes. */
    private static Map<String, String> edited(Map<String, String> files, String from, String to) {
        Map<String, String> edited = new TreeMap<>(files);
        String schedules = files.get("schedules.yaml");
        edited.put(
                "schedules.yaml",
                to.isEmpty()
                        ? schedules.replaceAll("(?m)^ {2}remedies:\\n {4}- .*\\n", "")
                        : schedules.replace(from, to));
        return edited;
    }

    private static boolean isSummary(String line) {
        return line.startsWith("  ");
    }

    private static Diagnosed play(Duration patience, Sabotage sabotage) {
        return play(SPEED, patience, sabotage);
    }

    private static Diagnosed play(double speed, Duration patience, Sabotage sabotage) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), Night.ZONE, 80, false);
        boolean asPromised = Demo.run(Path.of("."), console, speed, patience, sabotage, Page.NONE);
        String printed = bytes.toString(StandardCharsets.UTF_8);
        return new Diagnosed(asPromised, printed, printed.replaceAll("\\n {24}", " "));
    }

    /** @param text as printed, with wrapped lines in one */
    private record Diagnosed(boolean asPromised, String printed, String text) {}
}
