package io.tidewatch.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a request, or of its answer, on the wire.
 *
 * @param code of an answer that the server never gave
 * @param pause how long it takes
 */
public record Fate(Kind kind, int code, Optional<Duration> retryAfter, Duration pause) {

    /** What can happen on a wire. */
    public enum Kind {
        /** It goes on its way, after the pause. */
        PASS,
        /** Another answer stands in its place. */
        ANSWER,
        /** Half of it, then the connection ends; a watch ends in the middle of a message. */
        HALF,
        /** The connection ends in good order, without an answer. */
        CUT,
        /** The connection is reset. */
        RESET,
        /** Byte after byte, with a pause after each few. */
        DRIP
    }

    public static final Fate PASS = of(Kind.PASS);

    public static Fate of(Kind kind) {
        return new Fate(kind, 0, Optional.empty(), Duration.ZERO);
    }

    public static Fate answer(int code) {
        return new Fate(Kind.ANSWER, code, Optional.empty(), Duration.ZERO);
    }

    public static Fate tooManyRequests(Duration retryAfter) {
        return new Fate(Kind.ANSWER, 429, Optional.of(retryAfter), Duration.ZERO);
    }

    public static Fate late(Duration pause) {
        return new Fate(Kind.PASS, 0, Optional.empty(), pause);
    }

    public static Fate drip(Duration pause) {
        return new Fate(Kind.DRIP, 0, Optional.empty(), pause);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT)
                + (code == 0 ? "" : " " + code)
                + (pause.isZero() ? "" : " " + pause.toMillis() + " ms");
    }
}
