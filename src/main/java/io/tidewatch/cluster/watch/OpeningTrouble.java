package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.heartbeat.Heartbeat;
import java.time.Duration;
import java.util.Optional;

/**
 * Since when a watch is not open, why, and whether that is to be reported. Guarded by the lock of its watch.
 *
 * <p>A rejection (401, 403, 404) is reported when it has lasted itself, because the API server may have been away before. For the
 * same reason any other failure is reported when the API server has answered for as long. An API server that is busy answers 429,
 * or 503 with {@code Retry-After}; that is reported only after several such answers in a row.
 */
final class OpeningTrouble {

    /** A missing permission that lasts longer is not that of an API server that has just started. */
    private static final Duration START_OF_AN_API_SERVER = Duration.ofMinutes(1);

    /** Throttled answers in a row that are not reported. */
    private static final int THROTTLED_ANSWERS = 3;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** How long a watch must be closed before its kind is missing, and before that is reported. */
    private final Duration lasting;

    private boolean reachable = true;

    /** Since when the API server answers, whatever single requests were answered; empty before the first answer and in an outage. */
    private Optional<Moment> serverAnswersSince = Optional.empty();

    private Optional<Moment> closedSince = Optional.empty();
    private Optional<RuntimeException> error = Optional.empty();
    private Optional<Rejected> rejected = Optional.empty();
    private int throttledAnswers;
    private boolean reported;

    private record Rejected(int code, Moment since) {}

    OpeningTrouble(Duration lasting) {
        this.lasting = lasting;
    }

    void server(Heartbeat.State state, Moment now) {
        reachable = state != Heartbeat.State.UNREACHABLE;
        if (!reachable) {
            serverAnswersSince = Optional.empty();
        } else if (state == Heartbeat.State.ANSWERS) {
            serverAnswersSince = serverAnswersSince.or(() -> Optional.of(now));
        }
    }

    /** The watch is not open from now on. */
    void closed(Moment now) {
        closedSince = closedSince.or(() -> Optional.of(now));
    }

    /** @param isThrottled whether the API server was too busy to answer, and asks for another request later */
    void failed(RuntimeException why, boolean isThrottled, Moment now) {
        int code = WatchErrors.code(why);
        boolean isRejection = code == UNAUTHORIZED || code == FORBIDDEN || code == NOT_FOUND;
        rejected = isRejection
                ? Optional.of(new Rejected(code, rejected.map(Rejected::since).orElse(now)))
                : Optional.empty();
        throttledAnswers = isThrottled ? throttledAnswers + 1 : 0;
        error = Optional.of(why);
    }

    /** The watch is open: a web socket once it is made, a plain request, which fabric8 falls back to, once it has stayed open. */
    void opened() {
        closedSince = Optional.empty();
        error = Optional.empty();
        rejected = Optional.empty();
        throttledAnswers = 0;
        reported = false;
    }

    /** Whether the watch could not be opened for a while. */
    boolean isLasting(Moment now) {
        return isLong(closedSince, now);
    }

    /** Whether the permission has been missing for longer than the start of an API server takes. */
    boolean isForbidden(Moment now) {
        return rejected.filter(rejection -> rejection.code() == FORBIDDEN)
                .filter(rejection -> rejection.since().isOlderByEither(START_OF_AN_API_SERVER, now))
                .isPresent();
    }

    /** Whether the API server has rejected the kind for a while. */
    boolean isRefused(Moment now) {
        return isLong(rejected.map(Rejected::since), now);
    }

    /** Whether the last request was throttled, and not often enough in a row to be reported. */
    boolean isThrottledForNow() {
        return throttledAnswers > 0 && throttledAnswers <= THROTTLED_ANSWERS;
    }

    /** Whether the API server answers, as far as is known, and does not reject this kind. */
    boolean isServed() {
        return reachable && rejected.isEmpty();
    }

    /**
     * @param serverAnswers whether the last heartbeat was answered
     * @return what is to be reported now; each trouble is returned once
     */
    Optional<RuntimeException> toReport(boolean serverAnswers, Moment now) {
        boolean lasts = rejected.isPresent()
                ? isLong(rejected.map(Rejected::since), now)
                : serverAnswers && isLong(serverAnswersSince, now) && isLasting(now);
        if (reported || !lasts || isThrottledForNow()) {
            return Optional.empty();
        }
        reported = error.isPresent();
        return error;
    }

    private boolean isLong(Optional<Moment> since, Moment now) {
        return since.filter(at -> at.isOlder(lasting, now)).isPresent();
    }
}
