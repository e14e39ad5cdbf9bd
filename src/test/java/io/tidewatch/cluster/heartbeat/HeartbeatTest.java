package io.tidewatch.cluster.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The test moves the clock; the heartbeat checks the time each half second. */
class HeartbeatTest {

    private final List<String> reported = new ArrayList<>();
    private final List<Integer> sentAt = new ArrayList<>();
    private Optional<Answer> answer = Optional.of(Answer.SERVES);
    private Requests requests = new Requests();
    private long halfSeconds;

    private final Heartbeat heartbeat = new Heartbeat(
            this::send, Heartbeat.Pace.DEFAULT, () -> halfSeconds * 500_000_000L, requests, new Heartbeat.Listener() {
                @Override
                public void outageBegan(Throwable error) {
                    reported.add(seconds() + " s lost: " + error.getMessage());
                }

                @Override
                public void outageEnded() {
                    reported.add(seconds() + " s reachable");
                }

                @Override
                public void ticked() {}

                @Override
                public void answered(Answer given) {
                    if (given != Answer.SERVES) {
                        reported.add(seconds() + " s " + given);
                    }
                }
            });

    @Test
    void aServerThatAnswersGetsARequestEveryFiveSecondsAndNothingIsReported() {
        pass(60);

        assertThat(sentAt).containsExactly(0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60);
        assertThat(reported).isEmpty();
    }

    @Test
    void outageIsReportedOnceTenSecondsAfterTheLastAnswerAndItsEndWithinASecond() {
        pass(20);
        answer = Optional.empty();
        pass(40);
        answer = Optional.of(Answer.SERVES);
        pass(10);

        assertThat(reported).containsExactly("30 s lost: Connection refused", "61 s reachable");
        assertThat(heartbeat.isOutage()).isFalse();
    }

    /** A network that drops everything: no connection is rejected, and no answer comes. */
    @Test
    void serverThatNeverAnswersIsReportedWithinFifteenSeconds() {
        pass(20);
        requests.hang = true;
        pass(15);

        assertThat(reported).containsExactly("32 s lost: no answer within 3 s");
        assertThat(heartbeat.isOutage()).isTrue();
    }

    @Test
    void requestsThatNeverReturnBlockTwoThreadsAndNotTheClock() {
        requests.hang = true;
        requests.stuck = true;
        pass(300);

        assertThat(requests.started).isEqualTo(2);
        assertThat(reported).containsExactly("10 s lost: earlier requests have not returned");
    }

    @Test
    void aShortFailureIsNotReported() {
        pass(4);
        answer = Optional.empty();
        pass(5);
        answer = Optional.of(Answer.SERVES);
        pass(60);

        assertThat(sentAt).as("a request each second until it answers").startsWith(0, 5, 6, 7, 8, 9, 10, 15);
        assertThat(reported).isEmpty();
    }

    /** The process was stopped, or the machine slept: no request was sent, so none failed. */
    @Test
    void aMinuteWithoutRequestsIsNoOutage() {
        pass(20);
        halfSeconds += 120;
        pass(20);

        assertThat(reported).isEmpty();
    }

    @Test
    void aServerThatRejectsTheRequestIsReachable() {
        answer = Optional.of(Answer.REJECTS_CREDENTIALS);
        pass(6);
        answer = Optional.of(Answer.REJECTS_REQUEST);
        pass(60);

        assertThat(reported).startsWith("0 s REJECTS_CREDENTIALS", "5 s REJECTS_CREDENTIALS", "10 s REJECTS_REQUEST");
        assertThat(heartbeat.isOutage()).isFalse();
    }

    @Test
    void aServerThatHasNeverAnsweredIsReported() {
        answer = Optional.empty();
        pass(12);

        assertThat(reported).containsExactly("10 s lost: Connection refused");
    }

    private int seconds() {
        return (int) (halfSeconds / 2);
    }

    private Answer send() {
        sentAt.add(seconds());
        return answer.orElseThrow(() -> new IllegalStateException("Connection refused"));
    }

    @Test
    void itIsAliveWhileItComesRound() {
        pass(60);
        assertThat(heartbeat.isAlive(Duration.ofSeconds(30))).isTrue();

        halfSeconds += 60;
        assertThat(heartbeat.isAlive(Duration.ofSeconds(30))).isFalse();
    }

    private void pass(int seconds) {
        for (int tick = 0; tick < 2 * seconds; tick++) {
            heartbeat.tick();
            heartbeat.tick();
            halfSeconds++;
        }
        heartbeat.tick();
        heartbeat.tick();
    }

    /** Runs a request immediately on the caller's thread, or never; at most two at one time. */
    private static final class Requests extends EndlessExecutor {

        private boolean hang;
        private boolean stuck;
        private int started;

        @Override
        public void execute(Runnable request) {
            if (!hang) {
                request.run();
            } else if (stuck && started == 2) {
                throw new RejectedExecutionException();
            } else {
                started++;
            }
        }
    }
}
