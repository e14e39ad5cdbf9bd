package io.tidewatch.playground.api;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The fault of one request. A delay may be combined with one of the others. */
public final class Fault {

    /** Nothing goes wrong. */
    public static final Fault NONE = new Fault(Duration.ZERO, OptionalInt.empty(), Optional.empty(), false);

    private final Duration delay;
    private final OptionalInt code;
    private final Optional<Duration> retryAfter;
    private final boolean cut;

    private Fault(Duration delay, OptionalInt code, Optional<Duration> retryAfter, boolean cut) {
        this.delay = delay;
        this.code = code;
        this.retryAfter = retryAfter;
        this.cut = cut;
    }

    /** The answer comes so much later. */
    public static Fault delay(Duration delay) {
        return new Fault(delay, OptionalInt.empty(), Optional.empty(), false);
    }

    /** This code is answered with a Status. */
    public static Fault error(int code) {
        return new Fault(Duration.ZERO, OptionalInt.of(code), Optional.empty(), false);
    }

    /** 429, and when to come again. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault(Duration.ZERO, OptionalInt.of(429), Optional.of(retryAfter), false);
    }

    /** The client gets a response it cannot read and sees its connection end. */
    public static Fault cut() {
        return new Fault(Duration.ZERO, OptionalInt.empty(), Optional.empty(), true);
    }

    Duration delay() {
        return delay;
    }

    OptionalInt code() {
        return code;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    boolean isCut() {
        return cut;
    }
}
