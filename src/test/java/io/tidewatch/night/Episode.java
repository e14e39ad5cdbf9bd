package io.tidewatch.night;

import io.tidewatch.night.NightWebhook.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A window in which all targets have an incident, and what happens in it.
 *
 * @param opens when the window opens
 * @param closes when it closes
 * @param after how long after the edge of the moment the trouble strikes; negative: before it
 * @param answer when the message is answered at whose delivery the trouble strikes
 */
record Episode(
        int number, Instant opens, Instant closes, Moment moment, Trouble trouble, Duration after, Answer answer) {

    /** What is going on when the trouble strikes. */
    enum Moment {
        /** The incidents are about to open, or have just opened. */
        AT_THE_RISE,
        /** The message about them waits for others of the same cause. */
        WHILE_IT_WAITS,
        /** The receiver has the message about their beginning. */
        AT_DELIVERY,
        /** The window ends, and the incidents with it. */
        AT_THE_END,
        /** The receiver has the message about their end. */
        AT_LAST_DELIVERY;

        boolean isDelivery() {
            return this == AT_DELIVERY || this == AT_LAST_DELIVERY;
        }

        boolean isLate() {
            return this == AT_THE_END || this == AT_LAST_DELIVERY;
        }
    }

    /** One that is drawn. */
    static Episode drawn(
            int number,
            Instant opens,
            Duration window,
            List<Moment> moments,
            List<Trouble> troubles,
            SplittableRandom random) {
        Moment moment = moments.get(random.nextInt(moments.size()));
        Trouble trouble = troubles.get(random.nextInt(troubles.size()));
        Answer answer = Answer.values()[random.nextInt(Answer.values().length)];
        Duration after = Duration.ofMillis(
                switch (moment) {
                    case AT_THE_RISE -> random.nextInt(-2_500, 3_500);
                    case WHILE_IT_WAITS -> random.nextInt(5_000, 25_000);
                    case AT_THE_END -> random.nextInt(-2_500, 30_000);
                    case AT_DELIVERY, AT_LAST_DELIVERY -> 0;
                });
        return new Episode(number, opens, opens.plus(window), moment, trouble, after, answer);
    }

    /** The same, but that this happens. */
    Episode but(Moment other, Trouble instead, Answer answered) {
        return new Episode(number, opens, closes, other, instead, Duration.ZERO, answered);
    }

    /** When the trouble strikes; at a delivery, from when on it lies in wait. */
    Instant strikes() {
        return (moment.isLate() ? closes : opens).plus(after);
    }

    boolean isOpen(Instant now) {
        return !now.isBefore(opens) && now.isBefore(closes);
    }

    /** Whether this is a message of the moment, about targets. */
    boolean isAnnouncement(String text) {
        return text.contains("shop/t-") && text.contains(Announcements.RESOLVED) == moment.isLate();
    }

    /** Whether a leader may be unable to write down that the receiver took a message; one that was not answered, or too late, is such. */
    boolean keepsFromRecording() {
        boolean unanswered = moment.isDelivery()
                && (answer == Answer.NEVER || (trouble == Trouble.ENDED && answer == Answer.AFTER_THE_STRIKE));
        return unanswered || trouble.keepsFromRecording();
    }

    String window() {
        return "    - {name: w%d, from: \"%s\", until: \"%s\", minReplicas: 2}%n".formatted(number, opens, closes);
    }

    @Override
    public String toString() {
        return "episode " + number + ": " + words(trouble) + " " + words(moment)
                + (moment.isDelivery() ? ", answered " + words(answer) : " at " + after.toMillis() + " ms");
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
