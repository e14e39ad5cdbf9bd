package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a diagnosis depends on besides the objects of its target and the diagnosis before: the time, and the other targets. It
 * notes what it was asked, so that a diagnosis need not be made again where all of it would be answered alike.
 * Not safe from several threads.
 */
public final class Surroundings {

    private final Target target;
    private final Moment now;
    private final Moment observedUntil;
    private final ControllerSign sign;
    private final Backlog backlog;
    private final Map<Instant, Integer> carriedAt = new LinkedHashMap<>(4);
    private Optional<Boolean> unsent = Optional.empty();
    private Optional<Optional<Instant>> controllerSeen = Optional.empty();

    /** When the controller of the target's Rollout last wrote the status of any Rollout. */
    @FunctionalInterface
    public interface ControllerSign {

        Optional<Instant> last();
    }

    /**
     * @param observedUntil the instant until which all changes are known for certain; {@code now} or earlier
     * @param sign a sign that the controller lives
     * @param backlog the minimums that KEDA had and has to carry on
     */
    public Surroundings(Target target, Instant now, Instant observedUntil, ControllerSign sign, Backlog backlog) {
        this(target, new Moment(now), new Moment(observedUntil), sign, backlog);
    }

    private Surroundings(Target target, Moment now, Moment observedUntil, ControllerSign sign, Backlog backlog) {
        this.target = target;
        this.now = now;
        this.observedUntil = observedUntil;
        this.sign = sign;
        this.backlog = backlog;
    }

    /** The same with another sign, and nothing asked yet. */
    Surroundings with(ControllerSign other) {
        return new Surroundings(target, now.again(), observedUntil.again(), other, backlog);
    }

    public Moment now() {
        return now;
    }

    /** The instant until which all changes are known for certain; {@link #now()} or earlier. */
    public Moment observedUntil() {
        return observedUntil;
    }

    /** When the controller of the Rollout last wrote the status of any Rollout. */
    public Optional<Instant> controllerSeen() {
        Optional<Instant> seen = sign.last();
        controllerSeen = Optional.of(seen);
        return seen;
    }

    /** How many ScaledObjects' HPAs were still behind at an instant. */
    public int carriedAt(Instant instant) {
        int behind = backlog.at(instant);
        carriedAt.put(instant, behind);
        return behind;
    }

    /** Whether the minimum of the target has yet to be written, for no other reason than that others came first. */
    public boolean isUnsent() {
        boolean waits = backlog.unsent().contains(target);
        unsent = Optional.of(waits);
        return waits;
    }

    /** What was asked until now, without what it was read from. */
    public Asked asked() {
        return new Asked(now, observedUntil, Map.copyOf(carriedAt), unsent, controllerSeen);
    }

    /** The questions that were asked, with their answers. */
    public record Asked(
            Moment now,
            Moment observedUntil,
            Map<Instant, Integer> carriedAt,
            Optional<Boolean> unsent,
            Optional<Optional<Instant>> controllerSeen) {

        /** Whether these surroundings would have answered all of it alike. */
        public boolean isAnsweredLikeBy(Surroundings other) {
            return now.answersLike(other.now)
                    && observedUntil.answersLike(other.observedUntil)
                    && unsent.filter(known -> known != other.backlog.unsent().contains(other.target))
                            .isEmpty()
                    && isBehindAlike(other)
                    && controllerSeen
                            .filter(known -> !known.equals(other.sign.last()))
                            .isEmpty();
        }

        private boolean isBehindAlike(Surroundings other) {
            for (Map.Entry<Instant, Integer> known : carriedAt.entrySet()) {
                if (known.getValue() != other.backlog.at(known.getKey())) {
                    return false;
                }
            }
            return true;
        }
    }
}
