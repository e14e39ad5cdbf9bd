package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void answersLikeAnyInstantAsLongAsNothingWasAsked() {
        assertThat(new Moment(NOON).answersLike(Instant.MIN)).isTrue();
        assertThat(new Moment(NOON).answersLike(Instant.MAX)).isTrue();
    }

    @Test
    void theInstantThatItWasComparedWithIsTheBoundary() {
        Moment moment = new Moment(NOON);
        assertThat(moment.isBefore(NOON.plusSeconds(5))).isTrue();
        assertThat(moment.isAfter(NOON.minusSeconds(5))).isTrue();

        assertThat(moment.answersLike(NOON.plusSeconds(5).minusNanos(1))).isTrue();
        assertThat(moment.answersLike(NOON.plusSeconds(5))).isFalse();
        assertThat(moment.answersLike(NOON.minusSeconds(5))).isFalse();
        assertThat(moment.answersLike(NOON.minusSeconds(5).plusNanos(1))).isTrue();
    }

    @Test
    void aValueThatWasTakenIsRightAtItsInstantAlone() {
        Moment moment = new Moment(NOON);
        assertThat(moment.instant()).isEqualTo(NOON);

        assertThat(moment.answersLike(NOON)).isTrue();
        assertThat(moment.answersLike(NOON.plusNanos(1))).isFalse();
        assertThat(moment.answersLike(NOON.minusNanos(1))).isFalse();
    }

    @Test
    void theEarlierOfBothTakesTheMomentOnlyWhereItIsEarlier() {
        Moment later = new Moment(NOON);
        assertThat(later.orEarlier(NOON.minusSeconds(1))).isEqualTo(NOON.minusSeconds(1));
        assertThat(later.answersLike(NOON.plusSeconds(60))).isTrue();

        Moment earlier = new Moment(NOON);
        assertThat(earlier.orEarlier(NOON.plusSeconds(1))).isEqualTo(NOON);
        assertThat(earlier.answersLike(NOON.plusNanos(1))).isFalse();
    }

    /** An instant at the end of time is compared without being moved. */
    @Test
    void aMomentAWhileAgoNotesWhatItWasAsked() {
        Moment moment = new Moment(NOON);
        Moment then = moment.minus(Duration.ofMinutes(5));
        assertThat(then.isBefore(NOON)).isTrue();
        assertThat(then.isBefore(Instant.MAX)).isTrue();

        assertThat(moment.answersLike(NOON.plus(Duration.ofMinutes(5)).minusNanos(1)))
                .isTrue();
        assertThat(moment.answersLike(NOON.plus(Duration.ofMinutes(5)))).isFalse();
    }

    @Test
    void takesOverWhatAnotherMomentWasAsked() {
        Moment other = new Moment(NOON);
        other.isBefore(NOON.plusSeconds(5));
        other.minus(Duration.ofSeconds(3)).isAfter(NOON.minusSeconds(6));
        Moment moment = new Moment(NOON.plusSeconds(1));
        moment.note(other);

        assertThat(moment.answersLike(NOON.plusSeconds(4))).isTrue();
        assertThat(moment.answersLike(NOON.plusSeconds(5))).isFalse();
        assertThat(moment.answersLike(NOON.minusSeconds(3))).isFalse();
        assertThat(moment.answersLike(NOON.minusSeconds(2))).isTrue();
    }

    /** Whatever was asked, at each instant that answers alike the same questions have the same answers. */
    @Test
    void neverAnswersLikeAnInstantWithAnotherAnswer() {
        long seed = 20261130;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            long questions = random.nextLong();
            Moment moment = new Moment(NOON);
            String answers = ask(moment, questions);
            Instant other = NOON.plusSeconds(random.nextInt(-20, 21)).plusNanos(random.nextInt(-1, 2));
            if (moment.answersLike(other)) {
                assertThat(ask(new Moment(other), questions))
                        .as("seed %d, number %d", seed, i)
                        .isEqualTo(answers);
            }
        }
    }

    private static String ask(Moment moment, long questions) {
        SplittableRandom random = new SplittableRandom(questions);
        StringBuilder answers = new StringBuilder();
        for (int question = 0; question < 4; question++) {
            Instant with = NOON.plusSeconds(random.nextInt(-10, 11));
            Moment asked = random.nextInt(3) == 0 ? moment.minus(Duration.ofSeconds(random.nextInt(5))) : moment;
            answers.append(
                            switch (random.nextInt(7)) {
                                case 0 -> asked.orEarlier(with);
                                case 1, 2, 3 -> asked.isAfter(with);
                                default -> asked.isBefore(with);
                            })
                    .append(' ');
        }
        return answers.toString();
    }
}
