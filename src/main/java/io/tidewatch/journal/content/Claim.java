package io.tidewatch.journal.content;

import java.time.Duration;

/**
 * Whether this process may send a message.
 *
 * @param left how long another process may still be sending it; zero unless {@link Answer#HELD}
 */
public record Claim(Answer answer, Duration left) {

    /** What was found. */
    public enum Answer {
        /** This process alone may send the message now. */
        GRANTED,

        /** Another process may be sending the message now. */
        HELD,

        /** Its receiver has accepted the message. */
        ACCEPTED
    }

    public static final Claim GRANTED = new Claim(Answer.GRANTED, Duration.ZERO);
    public static final Claim ACCEPTED = new Claim(Answer.ACCEPTED, Duration.ZERO);

    public static Claim held(Duration left) {
        return new Claim(Answer.HELD, left);
    }
}
