package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.ApiServerProbe.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Seconds pass in the hand: each half second the heartbeat looks at the time. */
class HeartbeatTest {

    private final List<String> told = new ArrayList<>();
    private final List<Integer> askedAt = new ArrayList<>();
    private Optional<Answer> answer = Optional.of(Answer.SERVES);
    private Questions questions = new Questions();
    private long halfSeconds;

    private final Heartbeat heartbeat = new Heartbeat(
            this::ask, Heartbeat.Pace.DEFAULT, () -> halfSeconds * 500_000_000L, questions, new Heartbeat.Listener() {
                @Override
                public void lost(Throwable why) {
                    told.add(seconds() + " s lost: " + why.getMessage());
                }

                @Override
                public void reachableAgain() {
                    told.add(seconds() + " s reachable");
                }

                @Override
                public void ticked() {}

                @Override
                public void answered(Answer given) {
                    if (given != Answer.SERVES) {
                        told.add(seconds() + " s " + given);
                    }
                }
            });

    @Test
    void aServerThatAnswersIsAskedEveryFiveSecondsAndNothingIsTold() {
        pass(60);

        assertThat(askedAt).containsExactly(0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60);
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatRefusesIsToldOnceTenSecondsAfterItsLastAnswerAndItsReturnWithinASecond() {
        pass(20);
        answer = Optional.empty();
        pass(40);
        answer = Optional.of(Answer.SERVES);
        pass(10);

        assertThat(told).containsExactly("30 s lost: Connection refused", "61 s reachable");
        assertThat(heartbeat.isLost()).isFalse();
    }

    /** A network that swallows everything: nobody refuses, nobody answers. */
    @Test
    void oneThatNeverAnswersIsToldWithinFifteenSeconds() {
        pass(20);
        questions.hang = true;
        pass(15);

        assertThat(told).containsExactly("32 s lost: no answer within 3 s");
        assertThat(heartbeat.isLost()).isTrue();
    }

    @Test
    void questionsThatNeverComeBackHoldTwoThreadsAndNotTheClock() {
        questions.hang = true;
        questions.stuck = true;
        pass(300);

        assertThat(questions.started).isEqualTo(2);
        assertThat(told).containsExactly("10 s lost: earlier questions have not come back");
    }

    @Test
    void aHiccupIsNotTold() {
        pass(4);
        answer = Optional.empty();
        pass(5);
        answer = Optional.of(Answer.SERVES);
        pass(60);

        assertThat(askedAt).as("asked again each second until it answers").startsWith(0, 5, 6, 7, 8, 9, 10, 15);
        assertThat(told).isEmpty();
    }

    /** The process was stopped, or the machine slept: it has not been refused, it has not asked. */
    @Test
    void aMinuteInWhichNobodyAskedIsNoOutage() {
        pass(20);
        halfSeconds += 120;
        pass(20);

        assertThat(told).isEmpty();
    }

    @Test
    void whoRejectsUsIsThere() {
        answer = Optional.of(Answer.REJECTS_CREDENTIALS);
        pass(6);
        answer = Optional.of(Answer.REJECTS_QUESTION);
        pass(60);

        assertThat(told).startsWith("0 s REJECTS_CREDENTIALS", "5 s REJECTS_CREDENTIALS", "10 s REJECTS_QUESTION");
        assertThat(heartbeat.isLost()).isFalse();
    }

    @Test
    void aServerThatHasNeverAnsweredIsToldAsWell() {
        answer = Optional.empty();
        pass(12);

        assertThat(told).containsExactly("10 s lost: Connection refused");
    }

    private int seconds() {
        return (int) (halfSeconds / 2);
    }

    private Answer ask() {
        askedAt.add(seconds());
        return answer.orElseThrow(() -> new IllegalStateException("Connection refused"));
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

    /** Asks at once, on the caller's thread, or never comes back: two at most at one time. */
    private static final class Questions extends EndlessExecutor {

        private boolean hang;
        private boolean stuck;
        private int started;

        @Override
        public void execute(Runnable question) {
            if (!hang) {
                question.run();
            } else if (stuck && started == 2) {
                throw new RejectedExecutionException();
            } else {
                started++;
            }
        }
    }
}
