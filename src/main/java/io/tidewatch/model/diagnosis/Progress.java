package io.tidewatch.model.diagnosis;

import io.tidewatch.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a diagnosis remembers of its target for the next pass; there is no other memory.
 *
 * <p>Each group starts as {@code NONE} and is filled by name, so that no two instants can change places unseen.
 *
 * @param step how far the current step has come
 * @param shortage since when something is missing or contradicts
 * @param outage what an outage of the API server did to the times
 * @param due when the next checks are due
 * @param overwrites how often another writer set spec.replicas after the HPA
 */
public record Progress(
        StepTimes step, ShortageTimes shortage, OutageTimes outage, DueTimes due, OverwriteTimes overwrites) {

    public static final Progress NONE =
            new Progress(StepTimes.NONE, ShortageTimes.NONE, OutageTimes.NONE, DueTimes.NONE, OverwriteTimes.NONE);

    public Progress with(StepTimes other) {
        return new Progress(other, shortage, outage, due, overwrites);
    }

    public Progress with(ShortageTimes other) {
        return new Progress(step, other, outage, due, overwrites);
    }

    public Progress with(OutageTimes other) {
        return new Progress(step, shortage, other, due, overwrites);
    }

    public Progress with(DueTimes other) {
        return new Progress(step, shortage, outage, other, overwrites);
    }

    /** Whether the target is late or has used up half of its time, so that its Events are worth a watch. */
    public boolean lags(Instant now) {
        return lags(new Moment(now));
    }

    /** The same, and the moment notes from when Events are needed. */
    public boolean lags(Moment now) {
        return due.eventsFrom().filter(at -> !now.isBefore(at)).isPresent();
    }

    /**
     * How far the current step has come.
     *
     * @param startedAt when the desired minimum was written
     * @param followBy by when the HPA must have the minimum; later while KEDA works through many ScaledObjects
     * @param hpaAt when the HPA was first seen with the minimum
     * @param availableAt when enough pods were first seen available
     * @param reached whether enough pods were available once in this step, also where the instant is not known
     */
    public record StepTimes(
            Optional<Instant> startedAt,
            Optional<Instant> followBy,
            Optional<Instant> hpaAt,
            Optional<Instant> availableAt,
            boolean reached) {

        public static final StepTimes NONE =
                new StepTimes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

        public StepTimes withStartedAt(Optional<Instant> at) {
            return new StepTimes(at, followBy, hpaAt, availableAt, reached);
        }

        public StepTimes withFollowBy(Optional<Instant> at) {
            return new StepTimes(startedAt, at, hpaAt, availableAt, reached);
        }

        public StepTimes withHpaAt(Optional<Instant> at) {
            return new StepTimes(startedAt, followBy, at, availableAt, reached);
        }

        public StepTimes withAvailableAt(Optional<Instant> at) {
            return new StepTimes(startedAt, followBy, hpaAt, at, reached);
        }

        public StepTimes withReached(boolean isReached) {
            return new StepTimes(startedAt, followBy, hpaAt, availableAt, isReached);
        }
    }

    /**
     * Since when something is missing or contradicts.
     *
     * @param podsSince since when too few pods are available, also across an edge
     * @param disagreesSince since when the Rollout's status contradicts ReplicaSets that do not change
     */
    public record ShortageTimes(Optional<Instant> podsSince, Optional<Instant> disagreesSince) {

        public static final ShortageTimes NONE = new ShortageTimes(Optional.empty(), Optional.empty());

        public ShortageTimes withPodsSince(Optional<Instant> at) {
            return new ShortageTimes(at, disagreesSince);
        }

        public ShortageTimes withDisagreesSince(Optional<Instant> at) {
            return new ShortageTimes(podsSince, at);
        }
    }

    /**
     * What an outage of the API server did to the times.
     *
     * @param lateHop during the outage, the hop at which the target was late before
     * @param endedAt the first pass after the last outage: every time counts anew from then
     */
    public record OutageTimes(Optional<Hop> lateHop, Optional<Instant> endedAt) {

        public static final OutageTimes NONE = new OutageTimes(Optional.empty(), Optional.empty());
    }

    /**
     * When the next checks are due.
     *
     * @param convergedSince the first of the agreeing passes that a converged state asks for
     * @param deadline when waiting becomes lag, or a disagreement a stale status
     * @param eventsFrom from when half of the time is used up, so that the target's Events are worth a watch
     */
    public record DueTimes(Optional<Instant> convergedSince, Optional<Instant> deadline, Optional<Instant> eventsFrom) {

        public static final DueTimes NONE = new DueTimes(Optional.empty(), Optional.empty(), Optional.empty());

        public DueTimes withConvergedSince(Optional<Instant> at) {
            return new DueTimes(at, deadline, eventsFrom);
        }

        public DueTimes withDeadline(Optional<Instant> at) {
            return new DueTimes(convergedSince, at, eventsFrom);
        }

        public DueTimes withEventsFrom(Optional<Instant> at) {
            return new DueTimes(convergedSince, deadline, at);
        }
    }

    /**
     * How often another writer was observed to have set spec.replicas after the HPA; forgotten after a calm time.
     *
     * @param count how many writes were observed
     * @param since when the first of them was made
     * @param last when the last of them was made
     * @param manager the field manager of the last of them
     */
    public record OverwriteTimes(int count, Optional<Instant> since, Optional<Instant> last, Optional<String> manager) {

        public static final OverwriteTimes NONE =
                new OverwriteTimes(0, Optional.empty(), Optional.empty(), Optional.empty());

        /** With another write; the same write, observed again, counts once. */
        public OverwriteTimes and(String manager, Instant at) {
            boolean known = last.filter(time -> !at.isAfter(time)).isPresent();
            return known
                    ? this
                    : new OverwriteTimes(
                            count + 1, since.or(() -> Optional.of(at)), Optional.of(at), Optional.of(manager));
        }

        /**
         * These times, or the times of the HPA's rescales if they are more. The manager stays. A rescale proves that the write that it
         * undoes was made shortly before it, even if no pass observed that write.
         *
         * @param first when the HPA rescaled first
         * @param latest when the HPA rescaled last
         */
        public OverwriteTimes orRescales(int rescales, Instant first, Instant latest) {
            return rescales <= count
                    ? this
                    : new OverwriteTimes(
                            rescales,
                            Optional.of(first),
                            last.filter(latest::isBefore).or(() -> Optional.of(latest)),
                            manager);
        }

        /**
         * Until when the next write is expected: twice the mean time between the observed writes after the last of them.
         * Absent after a single write.
         */
        public Optional<Instant> expectedUntil() {
            return count < 2
                    ? Optional.empty()
                    : last.flatMap(to -> since.map(from ->
                            to.plus(Duration.between(from, to).multipliedBy(2).dividedBy(count - 1L))));
        }
    }
}
