package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.diagnose.chain.Standstill;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.DueTimes;
import io.tidewatch.model.diagnosis.Progress.ShortageTimes;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times on a live cluster: what the last pass remembers, our annotations, and when objects reached the caches.
 *
 * <p>A time that began unseen counts from the first pass that sees it.
 */
final class LiveTiming implements Timing {

    /** KEDA's reconcilers carry about three ScaledObjects a second (keda#5281). */
    private static final long SCALED_OBJECTS_PER_SECOND = 3;

    private final Chain chain;
    private final RuleVerdict verdict;
    private final DiagnosisInput input;
    private final Moment now;
    private final Allowance allowance;
    private final Traces traces;
    private final Optional<Diagnosis> previous;
    private final Progress remembered;
    private final OutageGrace outage;
    private final Instant startedAt;

    LiveTiming(Chain chain, RuleVerdict verdict) {
        this.chain = chain;
        this.verdict = verdict;
        input = chain.input();
        now = input.now();
        allowance = new Allowance(verdict.clock(), input.checks());
        traces = new Traces(chain);
        previous = input.previous();
        remembered = input.remembered();
        outage = new OutageGrace(chain, verdict);
        startedAt = startedAt();
    }

    @Override
    public Progress progress() {
        return new Progress(
                StepTimes.NONE
                        .withStartedAt(Optional.of(startedAt))
                        .withFollowBy(Optional.of(followBy()))
                        .withHpaAt(hpaAt())
                        .withAvailableAt(availableAt())
                        .withReached(hasReached()),
                ShortageTimes.NONE
                        .withPodsSince(shortSince())
                        .withDisagreesSince(
                                verdict.clock() == Clock.GRACE ? Optional.of(disagreesSince()) : Optional.empty()),
                outage.times(),
                DueTimes.NONE
                        .withConvergedSince(convergedSince())
                        .withDeadline(deadline())
                        .withEventsFrom(eventsFrom()),
                Overwriting.remembered(chain));
    }

    @Override
    public boolean isLate() {
        return switch (verdict.clock()) {
            case NONE -> false;
            case GRACE -> isStillStale() || passed(end());
            case TIMEOUT -> wasLateBefore() || passed(end());
            case FOLLOW, LOWERING -> passed(end());
        };
    }

    /** Two passes must agree. */
    @Override
    public boolean isConfirmed() {
        return previous.filter(last -> chain.isSameStep() && last.state().isConverged())
                        .isPresent()
                || convergedSince().filter(now::isAfter).isPresent();
    }

    @Override
    public Certainty certainty() {
        return Certainty.CERTAIN;
    }

    /** Only what is known for certain makes a target late: while a watch reconnects, changes may still be on the way. */
    private boolean passed(Optional<Instant> end) {
        return end.filter(at -> !input.around().observedUntil().isBefore(at)).isPresent();
    }

    private Optional<Instant> deadline() {
        if (verdict.state().isConverged() && !isConfirmed()) {
            return Optional.of(now.instant());
        }
        return isLate() ? Optional.empty() : end().or(verdict::until);
    }

    /** When the time of this verdict ends: the usual end, or the whole time anew after an outage. */
    private Optional<Instant> end() {
        if (verdict.clock() == Clock.NONE) {
            return Optional.empty();
        }
        Stream<Instant> anew = outage.endedAt().map(allowance::after).stream();
        return Stream.concat(usualEnd().stream(), anew).max(Instant::compareTo);
    }

    private Optional<Instant> usualEnd() {
        return switch (verdict.clock()) {
            case NONE -> Optional.empty();
            case FOLLOW -> Optional.of(followBy());
            case LOWERING -> Optional.of(allowance.after(startedAt));
            case TIMEOUT -> Optional.of(allowance.after(timeoutFrom()));
            case GRACE -> Optional.of(allowance.after(disagreesSince()));
        };
    }

    /**
     * Half of the time before the end; for a target that was late before an edge, immediately after the edge.
     * Where another writer has overwritten spec.replicas more than once, the HPA's Events are needed immediately.
     */
    private Optional<Instant> eventsFrom() {
        if (Overwriting.remembered(chain).count() > 1) {
            return Optional.of(now.instant());
        }
        if (verdict.state().isConverged()) {
            return Optional.empty();
        }
        Optional<Instant> half = end().map(at -> at.minus(allowance.length().dividedBy(2)));
        return isLate() ? half.filter(now::isAfter).or(() -> Optional.of(now.instant())) : half;
    }

    private <T> Optional<T> ofThisStep(Optional<T> value) {
        return chain.isSameStep() ? value : Optional.empty();
    }

    private Instant startedAt() {
        return traces.appliedAt().orElseGet(() -> {
            if (endsManualRaise()) {
                return traces.minimumWrittenAt().orElseGet(now::instant);
            }
            Instant known = isUnsent()
                    ? now.instant()
                    : ofThisStep(remembered.step().startedAt()).orElseGet(now::instant);
            return traces.minimumWrittenAt()
                    .map(at -> Standstill.later(known, at))
                    .orElse(known);
        });
    }

    /** The minimum was raised manually in the pass before, and somebody has lowered it to the desired minimum since. */
    private boolean endsManualRaise() {
        return chain.minimum().isRight()
                && previous.filter(last -> last.desired().equals(chain.minimum().desired()))
                        .filter(last -> last.notes().contains(Note.RAISED_MANUALLY))
                        .isPresent();
    }

    /** A write that waits for its turn is not late: the step begins with the last pass at which the write still waited. */
    private boolean isUnsent() {
        return input.around().isUnsent();
    }

    private Instant followBy() {
        Instant computed =
                allowance.followBy(startedAt).plus(queued(input.around().carriedAt(startedAt)));
        return ofThisStep(remembered.step().followBy())
                .map(earlier -> Standstill.later(earlier, computed))
                .orElse(computed);
    }

    private static Duration queued(int scaledObjects) {
        return Duration.ofSeconds((scaledObjects + SCALED_OBJECTS_PER_SECOND - 1) / SCALED_OBJECTS_PER_SECOND);
    }

    private Optional<Instant> hpaAt() {
        if (!traces.hpaHasMinimum()) {
            return Optional.empty();
        }
        return ofThisStep(remembered.step().hpaAt()).or(() -> {
            return traces.hpaWrittenAt()
                    .or(() ->
                            chain.hpa().map(hpa -> traces.notAfterNow(hpa.meta().seenAt())))
                    .map(at -> Standstill.later(at, startedAt))
                    .or(() -> Optional.of(startedAt));
        });
    }

    private Optional<Instant> availableAt() {
        return ofThisStep(remembered.step().availableAt())
                .or(() -> verdict.serves() && !hadReached() ? Optional.of(now.instant()) : Optional.empty());
    }

    /** Reached in an earlier pass, perhaps before the first pass after a start, at an unknown instant. */
    private boolean hadReached() {
        return chain.isSameStep() && remembered.step().reached();
    }

    private boolean hasReached() {
        return hadReached() || availableAt().isPresent() || shortLater().isPresent();
    }

    /**
     * At the first pass after a start: pods that went missing after the step's own time had been available before, as when
     * load scales a target at the moment of a restart.
     */
    private Optional<Instant> shortLater() {
        boolean first = previous.filter(last -> last.state() != State.UNKNOWN).isEmpty();
        return first && verdict.clock() == Clock.TIMEOUT
                ? ShortageProof.earliest(chain, verdict)
                        .filter(began -> hpaAt().filter(at -> began.isAfter(allowance.after(at)))
                                .isPresent())
                : Optional.empty();
    }

    private Optional<Instant> convergedSince() {
        return verdict.state().isConverged()
                ? ofThisStep(remembered.due().convergedSince()).or(() -> Optional.of(now.instant()))
                : Optional.empty();
    }

    /** A pass that cannot see the pods does not end a shortage. */
    private Optional<Instant> shortSince() {
        if (verdict.state() == State.UNKNOWN) {
            return remembered.shortage().podsSince();
        }
        if (verdict.serves() || verdict.clock() != Clock.TIMEOUT) {
            return Optional.empty();
        }
        return remembered.shortage().podsSince().or(this::shortLater).or(() -> Optional.of(now.instant()));
    }

    /**
     * From when the timeout counts: the HPA's minimum, or a later dip of what had been reached already.
     * Where another writer keeps overwriting spec.replicas, the dips are one: the first counts.
     */
    private Instant timeoutFrom() {
        Optional<Instant> overwritten = chain.overwriting().flatMap(Overwriting::since);
        Optional<Instant> dip = overwritten.or(() -> hasReached() ? shortSince() : Optional.empty());
        return Stream.concat(hpaAt().stream(), dip.stream())
                .max(Instant::compareTo)
                .orElse(startedAt);
    }

    /** A target that lagged before an edge, and still is short of the pods that it was short of, is late after the edge. */
    private boolean wasLateBefore() {
        return !chain.isSameStep()
                && previous.filter(last -> last.state() == State.AVAILABILITY_LAG)
                        .filter(last -> chain.available()
                                < Math.min(
                                        last.desired().orElse(0),
                                        chain.minimum().counts()))
                        .isPresent();
    }

    private boolean isStillStale() {
        return previous.filter(last -> last.state() == State.STALE_STATUS)
                .filter(last ->
                        last.live().equals(chain.live()) && last.claimed().equals(chain.claimed()))
                .isPresent();
    }

    private Instant disagreesSince() {
        Instant unchanged = chain.sets().stream()
                .map(set -> set.meta().seenAt())
                .max(Instant::compareTo)
                .orElseGet(now::instant);
        Optional<Instant> before = remembered.shortage().disagreesSince();
        if (isStillStale()) {
            return before.orElse(unchanged);
        }
        boolean agreed = previous.filter(last -> last.live().isPresent() && chain.agree(last.live(), last.claimed()))
                .isPresent();
        Optional<Instant> claimedAt = chain.rollout().map(RolloutView::meta).map(ObjectMeta::seenAt);
        Instant began = before.orElse(agreed ? claimedAt.orElseGet(now::instant) : unchanged);
        return Standstill.later(unchanged, began);
    }
}
