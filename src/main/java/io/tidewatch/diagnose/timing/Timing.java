package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.diagnose.chain.Standstill;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long the target has been where it stands, and whether that is too long.
 *
 * <p>Live, the last look's memory and our annotations carry the times over; in a dump, only what its instants prove
 * counts, and an unproven time never passes.
 */
public final class Timing {

    /** KEDA's reconcilers carry about three ScaledObjects a second (keda#5281). */
    private static final long SCALED_OBJECTS_PER_SECOND = 3;

    private final Chain chain;
    private final RuleVerdict standing;
    private final DiagnosisInput question;
    private final Instant now;
    private final Checks checks;
    private final Optional<Diagnosis> previous;
    private final Progress remembered;
    private final OutageGrace silence;

    public Timing(Chain chain, RuleVerdict standing) {
        this.chain = chain;
        this.standing = standing;
        question = chain.question();
        now = question.now();
        checks = question.checks();
        previous = question.previous();
        remembered = question.remembered();
        silence = new OutageGrace(chain, standing);
    }

    /** What this look leaves to the next. */
    public Progress progress() {
        return new Progress(
                stepAt(),
                hpaAt(),
                availableAt(),
                okSince(),
                deadline(),
                followBy(),
                lackSince(),
                standing.clock() == Clock.GRACE ? disagreeSince() : Optional.empty(),
                closerAt(),
                hasReached(),
                silence.lateAt(),
                silence.heardAgainAt());
    }

    public boolean isLate() {
        return switch (standing.clock()) {
            case NONE -> false;
            case GRACE -> isStillStale() || passed(end());
            case TIMEOUT -> wasLateBefore() || passed(end());
            case FOLLOW, LOWERING -> passed(end());
        };
    }

    /** Live, "ok" is believed when two looks agree. */
    public boolean isConfirmed() {
        return !question.isLive()
                || previous.filter(last -> chain.isSameStep() && last.state().isConverged())
                        .isPresent()
                || okSince().filter(first -> first.isBefore(now)).isPresent();
    }

    public Certainty certainty() {
        return !question.isLive() && standing.clock() == Clock.GRACE
                ? Standstill.of(chain).map(Standstill::certainty).orElse(Certainty.LIKELY)
                : Certainty.CERTAIN;
    }

    /** Nothing is late by what was not heard: while a watch connects again, its news may have been on the way. */
    private boolean passed(Optional<Instant> end) {
        return end.filter(at -> !question.heardUntil().isBefore(at)).isPresent();
    }

    private Optional<Instant> deadline() {
        if (standing.state().isConverged() && !isConfirmed()) {
            return Optional.of(now);
        }
        return isLate() ? Optional.empty() : end().or(standing::until);
    }

    /** When the time of this standing is over; absent where nothing proves when it began. */
    private Optional<Instant> end() {
        if (standing.clock() == Clock.NONE) {
            return Optional.empty();
        }
        Stream<Instant> anew = silence.heardAgainAt().map(at -> at.plus(allowance())).stream();
        return Stream.concat(usualEnd().stream(), anew).max(Instant::compareTo);
    }

    private Optional<Instant> usualEnd() {
        return switch (standing.clock()) {
            case NONE -> Optional.empty();
            case FOLLOW -> followBy();
            case LOWERING -> stepAt().map(at -> at.plus(checks.timeout()).plus(checks.follow()));
            case TIMEOUT -> lateFrom().map(at -> at.plus(checks.timeout()));
            case GRACE -> disagreeSince().map(at -> at.plus(checks.staleGrace()));
        };
    }

    /** What was late before an edge is looked at closely at once after it. */
    private Optional<Instant> closerAt() {
        if (standing.state().isConverged() || !question.isLive()) {
            return Optional.empty();
        }
        Optional<Instant> half = end().map(at -> at.minus(allowance().dividedBy(2)));
        return isLate() ? half.filter(now::isAfter).or(() -> Optional.of(now)) : half;
    }

    private Duration allowance() {
        return switch (standing.clock()) {
            case NONE -> Duration.ZERO;
            case FOLLOW -> checks.follow();
            case LOWERING -> checks.timeout().plus(checks.follow());
            case TIMEOUT -> checks.timeout();
            case GRACE -> checks.staleGrace();
        };
    }

    private Optional<Instant> ofThisStep(Optional<Instant> time) {
        return chain.isSameStep() ? time : Optional.empty();
    }

    private Optional<Instant> stepAt() {
        Optional<Instant> written = writtenAt();
        if (written.isPresent()) {
            return written;
        }
        Optional<Instant> foreign = floorWrittenAt();
        if (!question.isLive()) {
            return foreign;
        }
        Instant known = isUnsent() ? now : ofThisStep(remembered.stepAt()).orElse(now);
        return Optional.of(foreign.map(at -> Standstill.later(known, at)).orElse(known));
    }

    /** Nobody is late who only waits for his turn: his time begins with the last look at which he still did. */
    private boolean isUnsent() {
        return question.backlog().unsent().contains(question.seen().target());
    }

    /** Who changes a minimum by hand in the middle of a window begins a step: nothing is late that very moment. */
    private Optional<Instant> floorWrittenAt() {
        return chain.scaledObject()
                .flatMap(found -> newest(found.meta().writers().stream().filter(FieldWriter::ownsMinimum)))
                .map(this::notAfterNow);
    }

    private Optional<Instant> writtenAt() {
        Optional<ObjectMeta> meta = chain.scaledObject().map(found -> found.meta());
        boolean isOurs = meta.flatMap(found -> found.annotation(Annotations.APPLIED))
                .flatMap(Bounds::parse)
                .filter(applied -> applied.min() == chain.floor().written().orElse(-1))
                .isPresent();
        return isOurs && chain.floor().isRight()
                ? meta.flatMap(found -> found.annotation(Annotations.APPLIED_AT))
                        .flatMap(Annotations::instant)
                        .map(this::notAfterNow)
                : Optional.empty();
    }

    private Optional<Instant> followBy() {
        Optional<Instant> computed = stepAt().map(at ->
                at.plus(checks.follow()).plus(queued(question.backlog().at(at))));
        return Stream.concat(computed.stream(), ofThisStep(remembered.followBy()).stream())
                .max(Instant::compareTo);
    }

    private static Duration queued(int scaledObjects) {
        return Duration.ofSeconds((scaledObjects + SCALED_OBJECTS_PER_SECOND - 1) / SCALED_OBJECTS_PER_SECOND);
    }

    private boolean hasFloor() {
        if (!chain.floor().isRight() && !chain.floor().isRaisedByHand()) {
            return false;
        }
        return chain.hpa()
                .map(hpa -> hpa.minReplicas() >= chain.hpaFloor())
                .orElse(chain.scaledObject().isEmpty());
    }

    private Optional<Instant> hpaAt() {
        if (!hasFloor()) {
            return Optional.empty();
        }
        Optional<Instant> known = ofThisStep(remembered.hpaAt());
        if (known.isPresent()) {
            return known;
        }
        Optional<Instant> written = chain.hpa()
                .map(HpaView::meta)
                .flatMap(meta -> newest(meta.writers().stream()
                        .filter(writer -> writer.subresource().isEmpty())))
                .map(this::notAfterNow);
        if (!question.isLive()) {
            return written;
        }
        Optional<Instant> seen =
                written.or(() -> chain.hpa().map(hpa -> notAfterNow(hpa.meta().seenAt())));
        return Stream.concat(seen.stream(), stepAt().stream()).max(Instant::compareTo);
    }

    private Optional<Instant> availableAt() {
        Optional<Instant> known = ofThisStep(remembered.availableAt());
        if (known.isPresent() || !question.isLive()) {
            return known;
        }
        return standing.serves() && !hadReached() ? Optional.of(now) : Optional.empty();
    }

    /** Reached before the first look after a start, at an instant that nobody saw. */
    private boolean hadReached() {
        return chain.isSameStep() && remembered.reached();
    }

    private boolean hasReached() {
        return question.isLive()
                && (hadReached() || availableAt().isPresent() || lackedLater().isPresent());
    }

    /**
     * At the first look after a start: what began to lack after the step's own time was over had been available before,
     * as when load scales a target at the moment of a restart.
     */
    private Optional<Instant> lackedLater() {
        boolean first = previous.filter(last -> last.state() != State.UNKNOWN).isEmpty();
        return first && standing.clock() == Clock.TIMEOUT
                ? provenLack()
                        .filter(began -> hpaAt().filter(at -> began.isAfter(at.plus(checks.timeout())))
                                .isPresent())
                : Optional.empty();
    }

    private Optional<Instant> provenLack() {
        return ShortageProof.since(chain, standing).or(() -> ShortageProof.stepOf(chain, standing));
    }

    private Optional<Instant> okSince() {
        if (!standing.state().isConverged() || !question.isLive()) {
            return Optional.empty();
        }
        return ofThisStep(remembered.okSince()).or(() -> Optional.of(now));
    }

    /** Not to see for a while ends nothing. */
    private Optional<Instant> lackSince() {
        if (question.isLive() && standing.state() == State.UNKNOWN) {
            return remembered.lackSince();
        }
        if (standing.serves() || standing.clock() != Clock.TIMEOUT) {
            return Optional.empty();
        }
        return question.isLive()
                ? remembered.lackSince().or(this::lackedLater).or(() -> Optional.of(now))
                : provenLack();
    }

    /** From when the timeout counts: the HPA's minimum, or a later dip of what had been reached already. */
    private Optional<Instant> lateFrom() {
        if (!question.isLive()) {
            Optional<Instant> step = hpaAt().or(() -> ShortageProof.stepOf(chain, standing));
            return Stream.concat(step.stream(), lackSince().stream()).max(Instant::compareTo);
        }
        Optional<Instant> dip = hasReached() ? lackSince() : Optional.empty();
        return Stream.concat(hpaAt().stream(), dip.stream())
                .max(Instant::compareTo)
                .or(this::stepAt);
    }

    /** What lagged before an edge, and lacks what it lacked then, is still late after it. */
    private boolean wasLateBefore() {
        return question.isLive()
                && !chain.isSameStep()
                && previous.filter(last -> last.state() == State.AVAILABILITY_LAG)
                        .filter(last -> chain.available()
                                < Math.min(
                                        last.wanted().orElse(0), chain.floor().counts()))
                        .isPresent();
    }

    private boolean isStillStale() {
        return question.isLive()
                && previous.filter(last -> last.state() == State.STALE_STATUS)
                        .filter(last -> last.live().equals(chain.live())
                                && last.claimed().equals(chain.claimed()))
                        .isPresent();
    }

    private Optional<Instant> disagreeSince() {
        if (!question.isLive()) {
            return Standstill.of(chain).map(Standstill::since);
        }
        Instant still = chain.sets().stream()
                .map(set -> set.meta().seenAt())
                .max(Instant::compareTo)
                .orElse(now);
        if (isStillStale()) {
            return remembered.disagreeSince().or(() -> Optional.of(still));
        }
        boolean agreed = previous.filter(
                        last -> last.live().isPresent() && last.live().equals(last.claimed()))
                .isPresent();
        Instant began = remembered
                .disagreeSince()
                .orElse(
                        agreed
                                ? chain.rollout()
                                        .map(RolloutView::meta)
                                        .map(ObjectMeta::seenAt)
                                        .orElse(now)
                                : still);
        return Optional.of(Standstill.later(still, began));
    }

    private static Optional<Instant> newest(Stream<FieldWriter> writers) {
        return writers.flatMap(writer -> writer.time().stream()).max(Instant::compareTo);
    }

    private Instant notAfterNow(Instant at) {
        return at.isAfter(now) ? now : at;
    }
}
