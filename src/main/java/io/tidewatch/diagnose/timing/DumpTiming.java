package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.FallbackWriting;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.diagnose.chain.Standstill;
import io.tidewatch.model.Moment;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.DueTimes;
import io.tidewatch.model.diagnosis.Progress.ShortageTimes;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times of one dump, without memory: only instants in its objects count as proof.
 *
 * <p>Where no instant proves when a time began, that time never passes: nothing is late without proof.
 */
final class DumpTiming implements Timing {

    private final Chain chain;
    private final RuleVerdict verdict;
    private final Allowance allowance;
    private final Traces traces;
    private final Moment now;

    DumpTiming(Chain chain, RuleVerdict verdict) {
        this.chain = chain;
        this.verdict = verdict;
        allowance = new Allowance(verdict.clock(), chain.input().checks());
        traces = new Traces(chain);
        now = chain.input().now();
    }

    @Override
    public boolean isLate() {
        return end().filter(at -> !now.isBefore(at)).isPresent();
    }

    @Override
    public boolean isConfirmed() {
        return true;
    }

    @Override
    public Certainty certainty() {
        return verdict.clock() == Clock.GRACE
                ? Standstill.of(chain).map(Standstill::certainty).orElse(Certainty.LIKELY)
                : Certainty.CERTAIN;
    }

    @Override
    public Progress progress() {
        return Progress.NONE
                .with(StepTimes.NONE
                        .withStartedAt(startedAt())
                        .withFollowBy(startedAt().map(allowance::followBy))
                        .withHpaAt(hpaAt()))
                .with(ShortageTimes.NONE
                        .withPodsSince(shortSince())
                        .withDisagreesSince(verdict.clock() == Clock.GRACE ? disagreesSince() : Optional.empty()))
                .with(DueTimes.NONE.withDeadline(isLate() ? Optional.empty() : end().or(verdict::until)));
    }

    /** When the time of this verdict ends; absent where nothing proves when it began. */
    private Optional<Instant> end() {
        Optional<Instant> began = switch (verdict.clock()) {
            case NONE -> Optional.empty();
            case FOLLOW, LOWERING -> startedAt();
            case TIMEOUT -> timeoutFrom();
            case GRACE -> disagreesSince();
        };
        return began.map(allowance::after);
    }

    private Optional<Instant> startedAt() {
        return traces.appliedAt().or(traces::minimumWrittenAt);
    }

    private Optional<Instant> hpaAt() {
        return traces.hpaHasMinimum() ? traces.hpaWrittenAt() : Optional.empty();
    }

    /**
     * The step's arrival at the Rollout, or the beginning of a later shortage. Where another writer keeps overwriting
     * spec.replicas, the HPA's last rescale is always young and proves nothing: the first rescale counts.
     */
    private Optional<Instant> timeoutFrom() {
        Optional<Instant> overwritten = chain.overwriting()
                .flatMap(Overwriting::since)
                .or(() -> FallbackWriting.of(chain)
                        .filter(FallbackWriting::isStanding)
                        .flatMap(FallbackWriting::since));
        if (overwritten.isPresent()) {
            return Stream.concat(hpaAt().stream(), overwritten.stream()).max(Instant::compareTo);
        }
        if (isAboveTheMinimum()) {
            return shortSince();
        }
        Optional<Instant> step = hpaAt().or(() -> ShortageProof.stepOf(chain, verdict));
        return Stream.concat(step.stream(), shortSince().stream()).max(Instant::compareTo);
    }

    /**
     * The minimum is reached, and the HPA desires another number. An HPA writes the Rollout before its own status, and kubectl lists
     * the two one after the other: unless the HPA reports a failure, nothing proves that the Rollout has not followed.
     */
    private boolean isAboveTheMinimum() {
        return verdict.hop().filter(Hop.HPA::equals).isPresent()
                && chain.replicas() >= chain.minimum().counts()
                && chain.hpa()
                        .filter(hpa -> hpa.hasComputed() && !hpa.wants(chain.replicas()))
                        .isPresent();
    }

    private Optional<Instant> shortSince() {
        return verdict.serves() || verdict.clock() != Clock.TIMEOUT
                ? Optional.empty()
                : ShortageProof.earliest(chain, verdict);
    }

    private Optional<Instant> disagreesSince() {
        return Standstill.of(chain).map(Standstill::since);
    }
}
