package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How long a request that was refused is not sent again. */
class RejectionBackoffTest {

    private static final Instant NOW = Instant.parse("2026-11-25T14:39:00Z");
    private static final String NOT_US =
            "scaledobjects.keda.sh \"cart\" is forbidden: User \"dana\" cannot patch resource \"scaledobjects\"";

    private static final String DENIED = "admission webhook \"guard\" denied the request: no";

    private final RejectionBackoff refused = new RejectionBackoff();

    @Test
    void aRejectionOfTheCallerHasGrowingPausesUpToAMinute() {
        List<Long> pauses = new ArrayList<>();
        Instant now = NOW;
        for (int attempt = 0; attempt < 6; attempt++) {
            Instant sent = now;
            refused.record(raise(7), new Outcome.Rejected(raise(7), sent, Subject.CALLER, 403, NOT_US), true);
            while (refused.answer(raise(7), now).isPresent()) {
                now = now.plusSeconds(1);
            }
            pauses.add(Duration.between(sent, now).toSeconds());
        }

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void anotherRequestAndOneThatWentThroughBeginAnew() {
        refused.record(raise(7), new Outcome.Rejected(raise(7), NOW, Subject.CALLER, 403, NOT_US), true);
        refused.record(raise(7), new Outcome.Rejected(raise(7), NOW, Subject.CALLER, 403, NOT_US), true);
        assertThat(refused.answer(raise(7), NOW.plusSeconds(9))).isPresent();

        refused.record(raise(8), new Outcome.Rejected(raise(8), NOW, Subject.CALLER, 403, NOT_US), true);
        assertThat(refused.answer(raise(8), NOW.plusSeconds(5))).isEmpty();

        refused.record(raise(8), new Outcome.Done(raise(8), NOW, "101"), true);
        refused.record(raise(8), new Outcome.Rejected(raise(8), NOW, Subject.CALLER, 401, "Unauthorized"), true);
        assertThat(refused.answer(raise(8), NOW.plusSeconds(5))).isEmpty();
    }

    @Test
    void whatAWebhookDeniesIsNotSentForAMinute() {
        refused.record(
                raise(7),
                new Outcome.Rejected(
                        raise(7), NOW, Subject.REQUEST, 403, "admission webhook \"guard\" denied the request: no"),
                true);

        assertThat(refused.answer(raise(7), NOW.plusSeconds(59))).isPresent();
        assertThat(refused.answer(raise(7), NOW.plusSeconds(60))).isEmpty();
    }

    /** Two refused objects of one target evicted each other, and both were sent at every look. */
    @Test
    void rejectionsAreRememberedByObject() {
        Action rollout = manifest("Rollout", "3f2c1ab", "a");
        Action scaledObject = manifest("ScaledObject", "3f2c1ab", "a");
        refused.record(rollout, new Outcome.Rejected(rollout, NOW, Subject.REQUEST, 403, DENIED), false);
        refused.record(scaledObject, new Outcome.Rejected(scaledObject, NOW, Subject.REQUEST, 403, DENIED), false);

        assertThat(refused.answer(rollout, NOW.plusSeconds(59))).isPresent();
        assertThat(refused.answer(scaledObject, NOW.plusSeconds(59))).isPresent();
        assertThat(refused.next(List.of(rollout, scaledObject))).contains(NOW.plusSeconds(60));
    }

    @Test
    void aManifestThatIsRejectedRepeatedlyHasGrowingPauses() {
        assertThat(pauses(manifest("Rollout", "3f2c1ab", "a"), DENIED, false))
                .extracting(Duration::toMinutes)
                .containsExactly(1L, 2L, 4L, 8L, 15L, 15L);
    }

    /** A hand-over that was rejected was sent again at every pass, and nothing but the report asked for that pass. */
    @Test
    void aHandOverAndANudgeThatAreRejectedWaitAsWellAndAreDueByThemselves() {
        Action handOver = new Action.HandOverReplicas(
                new Target("shop", "cart"),
                new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "cart"),
                new Action.Version("uid-2", "100"),
                5,
                "replicas belong to the autoscaler");

        for (Action action : List.of(handOver, nudge(NOW))) {
            refused.record(action, new Outcome.Rejected(action, NOW, Subject.REQUEST, 403, DENIED), false);
            assertThat(refused.answer(action, NOW.plusSeconds(59))).isPresent();
            assertThat(refused.next(List.of(action))).contains(NOW.plusSeconds(60));
        }
        assertThat(refused.answer(nudge(NOW.plusSeconds(30)), NOW.plusSeconds(30)))
                .isPresent();
    }

    private static Action nudge(Instant at) {
        return new Action.NudgeReplicaSets(
                new Target("shop", "cart"),
                new Action.Version("uid-1", "100"),
                Map.of("metadata", Map.of("annotations", Map.of("tidewatch.io/remedies", at.toString()))),
                List.of(),
                1,
                3,
                at,
                "the Rollouts controller holds an old copy");
    }

    /** Once the webhook is mended, nobody waits for a quarter of an hour with too few pods. */
    @Test
    void aMinimumNeverWaitsForMoreThanAMinute() {
        assertThat(pauses(raise(7), DENIED, true))
                .extracting(Duration::toMinutes)
                .containsOnly(1L);
    }

    @Test
    void anotherCommitAndAnotherLiveObjectAreReasonsToTryAgain() {
        Action first = manifest("Rollout", "3f2c1ab", "a");
        refused.record(first, new Outcome.Rejected(first, NOW, Subject.REQUEST, 422, "invalid"), false);

        assertThat(refused.answer(manifest("Rollout", "3f2c1ab", "a"), NOW)).isPresent();
        assertThat(refused.answer(manifest("Rollout", "aaaaaaa", "a"), NOW)).isEmpty();
        assertThat(refused.answer(manifest("Rollout", "3f2c1ab", "b"), NOW)).isEmpty();
    }

    /** Nothing is kept of objects that nobody wants to write any more. */
    @Test
    void aRejectionThatIsNotPlannedAnyMoreIsForgottenOnceItsPauseHasEnded() {
        refused.record(raise(7), new Outcome.Rejected(raise(7), NOW, Subject.REQUEST, 403, DENIED), true);

        refused.forget(List.of(), NOW.plusSeconds(59));
        assertThat(refused.size()).isEqualTo(1);
        refused.forget(List.of(raise(7)), NOW.plusSeconds(61));
        assertThat(refused.size()).isEqualTo(1);
        refused.forget(List.of(), NOW.plusSeconds(61));
        assertThat(refused.size()).isZero();
    }

    private List<Duration> pauses(Action action, String answer, boolean due) {
        List<Duration> pauses = new ArrayList<>();
        Instant now = NOW;
        for (int attempt = 0; attempt < 6; attempt++) {
            refused.record(action, new Outcome.Rejected(action, now, Subject.REQUEST, 403, answer), due);
            Instant next = refused.next(List.of(action)).orElseThrow();
            pauses.add(Duration.between(now, next));
            now = next;
        }
        return pauses;
    }

    private static Action manifest(String kind, String commit, String liveImage) {
        return new Action.ApplyManifest(
                new Target("shop", "cart"),
                new ObjectKey("example/v1", kind, "shop", "cart"),
                Optional.of(new Action.Version("uid-1", "100")),
                Map.of("spec", Map.of("image", "new")),
                false,
                new Commit("shop", commit, "Dana", NOW, "a commit"),
                new Origin("shop", "cart.yaml", 1),
                List.of(new Difference(".spec.image", Optional.of(liveImage), Optional.of("new"))),
                "image");
    }

    private static Action raise(int minimum) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target("shop", "cart"),
                new Action.Version("uid-1", "100"),
                OptionalInt.of(5),
                minimum,
                Optional.empty(),
                Map.of("spec", Map.of("minReplicaCount", minimum)),
                false,
                "window opens");
    }
}
