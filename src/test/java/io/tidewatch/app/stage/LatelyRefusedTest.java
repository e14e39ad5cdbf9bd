package io.tidewatch.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Action;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How long a request that was refused is not sent again. */
class LatelyRefusedTest {

    private static final Instant NOW = Instant.parse("2026-11-25T14:39:00Z");
    private static final String NOT_US =
            "scaledobjects.keda.sh \"cart\" is forbidden: User \"dana\" cannot patch resource \"scaledobjects\"";

    private final LatelyRefused refused = new LatelyRefused();

    @Test
    void weAreAskedForAgainAfterEverLongerPausesUpToAMinute() {
        List<Long> pauses = new ArrayList<>();
        Instant now = NOW;
        for (int attempt = 0; attempt < 6; attempt++) {
            Instant sent = now;
            refused.learn(raise(7), new Outcome.Rejected(raise(7), sent, 403, NOT_US), true);
            while (refused.answer(raise(7), now).isPresent()) {
                now = now.plusSeconds(1);
            }
            pauses.add(Duration.between(sent, now).toSeconds());
        }

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void anotherRequestAndOneThatWentThroughBeginAnew() {
        refused.learn(raise(7), new Outcome.Rejected(raise(7), NOW, 403, NOT_US), true);
        refused.learn(raise(7), new Outcome.Rejected(raise(7), NOW, 403, NOT_US), true);
        assertThat(refused.answer(raise(7), NOW.plusSeconds(9))).isPresent();

        refused.learn(raise(8), new Outcome.Rejected(raise(8), NOW, 403, NOT_US), true);
        assertThat(refused.answer(raise(8), NOW.plusSeconds(5))).isEmpty();

        refused.learn(raise(8), new Outcome.Done(raise(8), NOW, "101"), true);
        refused.learn(raise(8), new Outcome.Rejected(raise(8), NOW, 401, "Unauthorized"), true);
        assertThat(refused.answer(raise(8), NOW.plusSeconds(5))).isEmpty();
    }

    @Test
    void whatAWebhookDeniesIsNotSentForAMinute() {
        refused.learn(
                raise(7),
                new Outcome.Rejected(raise(7), NOW, 403, "admission webhook \"guard\" denied the request: no"),
                true);

        assertThat(refused.answer(raise(7), NOW.plusSeconds(59))).isPresent();
        assertThat(refused.answer(raise(7), NOW.plusSeconds(60))).isEmpty();
    }

    private static Action raise(int minimum) {
        return new Action.SetMinReplicas(
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
