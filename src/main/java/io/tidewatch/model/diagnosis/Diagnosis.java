package io.tidewatch.model.diagnosis;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Fault;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds a target back, and the proof.
 *
 * @param kind ScaledObject, or Rollout where there is none
 * @param causes ordered by how much of the lag each explains; the first is <em>the</em> cause
 * @param wanted the minimum that counts; absent in a dump without one
 * @param claimed the counters of Rollout.status
 * @param live the same counters, recomputed from ReplicaSets
 * @param missing what could not be seen
 * @param progress what the next look must remember of this one
 */
public record Diagnosis(
        Target target,
        String kind,
        State state,
        List<Cause> causes,
        Optional<Hop> hop,
        Certainty certainty,
        String summary,
        OptionalInt wanted,
        Optional<Counters> claimed,
        Optional<Counters> live,
        List<Evidence> evidence,
        List<Note> notes,
        List<String> missing,
        List<String> advisories,
        Progress progress) {

    public Diagnosis {
        summary = StrangerText.line(summary);
        causes = List.copyOf(causes);
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
        missing = List.copyOf(missing);
        advisories = List.copyOf(advisories);
    }

    /** Of a target that could not be diagnosed; what the diagnosis before remembers is carried on. */
    public static Diagnosis unknown(Target target, OptionalInt wanted, Optional<Diagnosis> before, Fault fault) {
        return new Diagnosis(
                        target,
                        before.map(Diagnosis::kind).orElse("ScaledObject"),
                        State.UNKNOWN,
                        List.of(),
                        Optional.empty(),
                        Certainty.UNKNOWN,
                        "",
                        wanted,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        before.map(Diagnosis::progress).orElse(Progress.NONE))
                .with(fault);
    }

    /** The same target after an internal error in any stage: unknown. Its counters and its memory stay. */
    public Diagnosis with(Fault fault) {
        return new Diagnosis(
                target,
                kind,
                State.UNKNOWN,
                List.of(Cause.INTERNAL_ERROR),
                Optional.empty(),
                Certainty.UNKNOWN,
                fault.summary(),
                wanted,
                claimed,
                live,
                evidence,
                notes,
                missing,
                advisories,
                progress);
    }

    public Optional<Cause> cause() {
        return causes.stream().findFirst();
    }

    /** Whether an internal error is why nothing is known of it. */
    public boolean isInternalError() {
        return causes.contains(Cause.INTERNAL_ERROR);
    }

    /** Whether it lags, or has used up half of the time that it has: its Events are worth reading. */
    public boolean lags(Instant now) {
        return progress.lags(now);
    }

    public enum Certainty {
        CERTAIN,
        LIKELY,
        UNKNOWN
    }

    /**
     * The only memory of a target between two looks.
     *
     * @param stepAt when the minimum that counts was written
     * @param hpaAt when the HPA was first seen with it
     * @param availableAt when enough pods were first seen for it
     * @param okSince first of the agreeing observations that "ok" asks for
     * @param deadline when waiting becomes lag, or a disagreement becomes stale: look again then
     * @param followBy when the HPA must have the minimum at last; stretched while KEDA works through many
     * @param lackSince since when too few pods serve, also across an edge
     * @param disagreeSince since when the status contradicts ReplicaSets that stand still
     * @param closerAt from when it is worth a request of its own to see why: half of its time is gone
     * @param reached whether enough pods served once in this step, also where it is not known when
     * @param lateAt while the API server is silent, the hop at which it was late before
     * @param heardAgainAt the first look after the last silence of the API server: every time counts anew from there
     */
    public record Progress(
            Optional<Instant> stepAt,
            Optional<Instant> hpaAt,
            Optional<Instant> availableAt,
            Optional<Instant> okSince,
            Optional<Instant> deadline,
            Optional<Instant> followBy,
            Optional<Instant> lackSince,
            Optional<Instant> disagreeSince,
            Optional<Instant> closerAt,
            boolean reached,
            Optional<Hop> lateAt,
            Optional<Instant> heardAgainAt) {

        /** Whether a closer look is due. */
        public boolean lags(Instant now) {
            return closerAt.filter(at -> !now.isBefore(at)).isPresent();
        }

        public static final Progress NONE =
                new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Progress(
                Optional<Instant> stepAt,
                Optional<Instant> hpaAt,
                Optional<Instant> availableAt,
                Optional<Instant> okSince,
                Optional<Instant> deadline) {
            this(
                    stepAt,
                    hpaAt,
                    availableAt,
                    okSince,
                    deadline,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
