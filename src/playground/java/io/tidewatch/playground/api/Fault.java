package io.tidewatch.playground.api;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The fault of one request. A delay may be combined with one of the others. */
public final class Fault {

    private static final String PLAIN = "the test wants it so";

    /** Nothing goes wrong. */
    public static final Fault NONE = new Fault(Duration.ZERO, OptionalInt.empty(), PLAIN, Optional.empty(), false);

    private final Duration delay;
    private final OptionalInt code;
    private final String message;
    private final Optional<Duration> retryAfter;
    private final boolean cut;

    private Fault(Duration delay, OptionalInt code, String message, Optional<Duration> retryAfter, boolean cut) {
        this.delay = delay;
        this.code = code;
        this.message = message;
        this.retryAfter = retryAfter;
        this.cut = cut;
    }

    /** The answer comes so much later. */
    public static Fault delay(Duration delay) {
        return new Fault(delay, OptionalInt.empty(), PLAIN, Optional.empty(), false);
    }

    /** This code is answered with a Status. */
    public static Fault error(int code) {
        return error(code, PLAIN);
    }

    /** The same with the message that the Status carries. */
    public static Fault error(int code, String message) {
        return new Fault(Duration.ZERO, OptionalInt.of(code), message, Optional.empty(), false);
    }

    /** 429, and when to come again. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault(Duration.ZERO, OptionalInt.of(429), PLAIN, Optional.of(retryAfter), false);
    }

    /** The client gets a response it cannot read and sees its connection end. */
    public static Fault cut() {
        return new Fault(Duration.ZERO, OptionalInt.empty(), PLAIN, Optional.empty(), true);
    }

    Duration delay() {
        return delay;
    }

    OptionalInt code() {
        return code;
    }

    String message() {
        return message;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    boolean isCut() {
        return cut;
    }
}
