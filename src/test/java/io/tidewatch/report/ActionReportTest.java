package io.tidewatch.report;

import static io.tidewatch.report.Given.CHECKOUT;
import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Moment;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.Tried;
import io.tidewatch.observe.ObjectReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done, what failed and what was skipped is reported once, until something else happens. */
class ActionReportTest {

    private static final Instant BEGAN = NOW.minusSeconds(2);

    private final ReportLines lines = new ReportLines(CHECKOUT);

    @Test
    void aRaiseIsALineAndAnEventWithTheTimeOfItsPass() {
        report(Page.EMPTY, List.of(), new Outcome.Done(Given.raise(), NOW, "101"));

        assertThat(lines.diary()).singleElement().satisfies(line -> {
            assertThat(line.code()).isEqualTo("minimum-set");
            assertThat(line.at()).isEqualTo(BEGAN);
            assertThat(line.text()).isEqualTo("window midnight-peak opens: minimum 5 → 7 (3f2c1ab, Dana)");
        });
        assertThat(lines.events()).extracting(KubernetesEvent::reason).containsExactly("MinimumRaised");
    }

    @Test
    void aLoweringHasAnEventOfItsOwnAndAMinimumThatStaysHasNone() {
        report(Page.EMPTY, List.of(), new Outcome.Done(minimum(7, 5), NOW, "101"));
        assertThat(lines.events()).extracting(KubernetesEvent::reason).containsExactly("MinimumLowered");

        report(Page.EMPTY, List.of(), new Outcome.Done(minimum(5, 5), NOW, "102"));
        assertThat(lines.events()).hasSize(1);
    }

    /** The answer came after the pass that had sent the write. */
    @Test
    void aWriteOfAnEarlierPassHasItsOwnTime() {
        report(Page.EMPTY, List.of(), new Outcome.Done(Given.raise(), BEGAN.minusSeconds(9), "101"));

        assertThat(lines.diary()).extracting(DiaryEntry::at).containsExactly(BEGAN.minusSeconds(9));
    }

    @Test
    void aRejectionIsReportedOnceAndAgainOnceItIsAnother() {
        Page first = report(Page.EMPTY, List.of(), rejected("denied"));
        Page second = report(first, List.of(), rejected("denied"));
        assertThat(texts()).containsExactly("the API server rejected the change (403): denied");

        report(second, List.of(), rejected("denied by another webhook"));
        assertThat(texts()).hasSize(2);
    }

    @Test
    void aRejectionThatComesBackAfterASuccessIsReportedAgain() {
        Page rejected = report(Page.EMPTY, List.of(), rejected("denied"));
        Page written = report(rejected, List.of(), new Outcome.Done(Given.raise(), NOW, "101"));
        report(written, List.of(), rejected("denied"));

        assertThat(lines.diary()).extracting(DiaryEntry::code).containsExactly("refused", "minimum-set", "refused");
    }

    @Test
    void anOutdatedWriteLeavesWhatWasReportedAsItIs() {
        Page rejected = report(Page.EMPTY, List.of(), rejected("denied"));

        assertThat(report(rejected, List.of(), new Outcome.Outdated(Given.raise(), NOW, "changed"))
                        .failure())
                .isEqualTo(rejected.failure());
    }

    /** Whatever the wire said: nobody knows whether the object was written. */
    @Test
    void lostAnswersAreReportedOnceWhateverTheirMessage() {
        Page first = report(Page.EMPTY, List.of(), unanswered("no answer within 10 s"));
        report(first, List.of(), unanswered("Connection refused"));

        assertThat(texts())
                .containsExactly(
                        "no answer to a write, result unknown; checking on the next pass: no answer within 10 s");
        assertThat(first.failure())
                .hasValueSatisfying(failure -> assertThat(failure.isUnknown()).isTrue());
    }

    /** A nudge leaves the minimum as it is, so a minimum that is in place does not show that the nudge was written. */
    @Test
    void aLostAnswerToANudgeLeavesNoDoubtAboutTheMinimum() {
        Page page =
                report(Page.EMPTY, List.of(), new Outcome.Unavailable(nudge(), NOW, false, "Connection was closed"));

        assertThat(page.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.isUnknown()).isTrue();
            assertThat(failure.mayHaveWrittenMinimum()).isFalse();
        });
    }

    @Test
    void aServerThatAnswersThatItCannotIsNotALostAnswer() {
        Page page = report(Page.EMPTY, List.of(), new Outcome.Unavailable(Given.raise(), NOW, true, "etcd is gone"));

        assertThat(texts()).containsExactly("not written, trying again: etcd is gone");
        assertThat(page.failure())
                .hasValueSatisfying(failure -> assertThat(failure.isUnknown()).isFalse());
    }

    @Test
    void aSkippedWriteIsReportedOnceByItsSubject() {
        Page first = report(Page.EMPTY, List.of(new Skipped(CHECKOUT, Skipped.HELD, "held, 1 min", "held")));
        Page second = report(first, List.of(new Skipped(CHECKOUT, Skipped.HELD, "held, 2 min", "held")));
        assertThat(texts()).containsExactly("held, 1 min");

        Page none = report(second, List.of());
        report(none, List.of(new Skipped(CHECKOUT, Skipped.HELD, "held, 3 min", "held")));
        assertThat(texts()).containsExactly("held, 1 min", "held, 3 min");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "remedies-spent", "waits-for-turn", "under-way"})
    void whatAnIncidentOrTheStatusShowsHasNoLine(String code) {
        report(Page.EMPTY, List.of(new Skipped(CHECKOUT, code, "a reason")));

        assertThat(lines.diary()).isEmpty();
    }

    @Test
    void aNudgeIsRememberedUntilTheStatusIsCorrect() {
        Page page = report(Page.EMPTY, List.of(), new Outcome.Done(nudge(), NOW, "101"));

        assertThat(page.tried()).contains(new Tried("nudge", NOW));
        assertThat(texts()).containsExactly("nudged ReplicaSet web-1 (attempt 2 of 3)");
    }

    @Test
    void aNewRevisionIsFollowedAndEndsTheOneBefore() {
        Page first = report(Page.EMPTY, List.of(), new Outcome.Done(revision("a"), NOW, "101"));
        assertThat(first.update()).hasValueSatisfying(update -> {
            assertThat(update.rollout()).isEqualTo("checkout");
            assertThat(update.what()).isEqualTo("containers[0].image a → b");
        });

        report(first, List.of(), new Outcome.Done(revision("b"), NOW.plusSeconds(9), "102"));
        assertThat(lines.diary()).extracting(DiaryEntry::code).contains("update-superseded");
    }

    /** The text says until when, and that changes from before the window to after it. */
    @Test
    void heldRevisionIsReportedOncePerCommit() {
        Page before = report(Page.EMPTY, List.of(frozen("commit 1", "until the window ends")));
        Page after = report(before, List.of(frozen("commit 1", "until the target has followed")));
        report(after, List.of(frozen("commit 2", "until the target has followed")));

        assertThat(texts()).containsExactly("commit 1 until the window ends", "commit 2 until the target has followed");
        assertThat(lines.diary()).extracting(DiaryEntry::code).containsOnly("frozen");
    }

    @Test
    void releasedRevisionSaysHowLongItWasHeld() {
        Page held = report(Page.EMPTY, List.of(frozen("commit 1", "")));
        Page overtaken = report(held, List.of(frozen("commit 2", "")));
        Page lowered = report(overtaken, List.of(frozen("commit 2", "")), new Outcome.Done(minimum(7, 5), NOW, "101"));
        Page refused = report(lowered, List.of(), rejected(revision("a")));
        Page released = report(refused, List.of(), new Outcome.Done(revision("a"), NOW, "102"));

        assertThat(texts())
                .last()
                .isEqualTo(
                        "Rollout checkout applied: image (3f2c1ab, Dana), held back by freezeRollouts for 3 h 31 min");
        assertThat(released.frozenSince()).isEmpty();
    }

    /** The process that held the revision has gone; this one started after the window. */
    @Test
    void revisionReleasedAfterARestartSaysThatItWasHeldAndIsAnEvent() {
        Action.ApplyManifest revision = revision("a", NOW.minusSeconds(31));
        Map<String, Object> rollout = Map.of("metadata", Map.of("name", "checkout", "namespace", "shop", "uid", "u"));
        TargetObservation seen = new TargetObservation(
                CHECKOUT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ObjectReader.rollout(rollout, NOW)),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        Outcome done = new Outcome.Done(revision, NOW, "102");
        new ActionReport(seen, Optional.of(Given.COMMIT), List.of(done), List.of(), new Moment(BEGAN), new Moment(NOW))
                .report(lines, Page.EMPTY);

        assertThat(texts())
                .containsExactly(
                        "Rollout checkout applied: image (3f2c1ab, Dana), held back by freezeRollouts until the end"
                                + " of the window and for 31 s after it");
        assertThat(lines.events())
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("RevisionReleased"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rollout", "Deployment", "StatefulSet"})
    void heldRevisionIsAnEventOfItsWorkload(String kind) {
        Map<String, Object> content = Map.of("metadata", Map.of("name", "checkout", "namespace", "shop", "uid", "u"));
        Workload workload = switch (kind) {
            case "Deployment" -> ObjectReader.deployment(content, NOW);
            case "StatefulSet" -> ObjectReader.statefulSet(content, NOW);
            default -> ObjectReader.rollout(content, NOW);
        };
        TargetObservation seen = new TargetObservation(
                CHECKOUT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(workload),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        new ActionReport(
                        seen,
                        Optional.of(Given.COMMIT),
                        List.of(),
                        List.of(frozen("commit 1", "")),
                        new Moment(BEGAN),
                        new Moment(NOW))
                .report(lines, Page.EMPTY);

        assertThat(lines.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo("RevisionHeld");
            assertThat(event.about()).isEqualTo(kind);
        });
    }

    @Test
    void revisionThatThisProcessHeldInTheWindowSaysHowLongInAll() {
        Page held = report(Page.EMPTY, List.of(frozen("commit 1", "")));
        report(held, List.of(), new Outcome.Done(revision("a", NOW.minusSeconds(31)), NOW, "102"));

        assertThat(texts()).last().asString().endsWith(", held back by freezeRollouts for 3 h 31 min");
    }

    @Test
    void revertedCommitLeavesNothingOfItsHold() {
        Page held = report(Page.EMPTY, List.of(frozen("commit 1", "")));

        Page reverted = report(held, List.of());

        assertThat(reverted.frozenSince()).isEmpty();
    }

    private static Skipped frozen(String subject, String until) {
        ObjectKey rollout = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");
        Instant since = NOW.minus(Duration.ofMinutes(211));
        return new Skipped(
                CHECKOUT,
                Skipped.FROZEN,
                subject + " " + until,
                subject,
                Optional.of(new Skipped.Frozen(rollout, Optional.of(since))));
    }

    private Page report(Page page, List<Skipped> skipped, Outcome... outcomes) {
        return new ActionReport(
                        Given.seen(Optional.of(Given.live(5, Map.of()))),
                        Optional.of(Given.COMMIT),
                        List.of(outcomes),
                        skipped,
                        new Moment(BEGAN),
                        new Moment(NOW))
                .report(lines, page);
    }

    private List<String> texts() {
        return lines.diary().stream().map(DiaryEntry::text).toList();
    }

    private static Outcome rejected(Action action) {
        return new Outcome.Rejected(action, NOW, Subject.REQUEST, 403, "denied");
    }

    private static Outcome rejected(String message) {
        return new Outcome.Rejected(Given.raise(), NOW, Subject.REQUEST, 403, message);
    }

    private static Outcome unanswered(String message) {
        return new Outcome.Unavailable(Given.raise(), NOW, false, message);
    }

    private static Action minimum(int from, int to) {
        Action.SetMinReplicas raise = Given.raise();
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                CHECKOUT,
                raise.on(),
                OptionalInt.of(from),
                to,
                Optional.empty(),
                Map.of(),
                false,
                "window ends");
    }

    private static Action.ApplyManifest revision(String image) {
        return revision(image, Optional.empty());
    }

    private static Action.ApplyManifest revision(String image, Instant frozenUntil) {
        return revision(image, Optional.of(frozenUntil));
    }

    private static Action.ApplyManifest revision(String image, Optional<Instant> frozenUntil) {
        return new Action.ApplyManifest(
                CHECKOUT,
                new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout"),
                Optional.of(new Action.Version("uid-1", "100")),
                Map.of(),
                false,
                Given.COMMIT,
                new Origin("shop", "checkout.yaml", 1),
                List.of(new Difference(
                        ".spec.template.spec.containers[0].image", Optional.of(image), Optional.of("b"))),
                "image",
                frozenUntil);
    }

    private static Action nudge() {
        return new Action.NudgeReplicaSets(
                CHECKOUT,
                new Action.Version("uid-1", "100"),
                Map.of(),
                List.of(new Action.ReplicaSetVersion("web-1", new Action.Version("uid-2", "7"))),
                2,
                3,
                NOW,
                "an old copy");
    }
}
