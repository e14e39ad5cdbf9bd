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
 * The state of one target in one pass, with the hop, the cause and the proof.
 *
 * @param kind ScaledObject, or Rollout where there is none
 * @param causes ordered by how much of the lag each explains; the first is <em>the</em> cause
 * @param desired the desired minimum; absent in a dump without one
 * @param claimed the counters of Rollout.status
 * @param live the same counters, recomputed from ReplicaSets
 * @param missing the kinds that were not read
 * @param advisories the known faults of the observed versions, whether or not they do harm now
 * @param progress what the next pass must remember of this one
 */
public record Diagnosis(
        Target target,
        String kind,
        State state,
        List<Cause> causes,
        Optional<Hop> hop,
        Certainty certainty,
        String summary,
        OptionalInt desired,
        Optional<Counters> claimed,
        Optional<Counters> live,
        List<Evidence> evidence,
        List<Note> notes,
        List<String> missing,
        List<Advisory> advisories,
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
    public static Diagnosis unknown(Target target, OptionalInt desired, Optional<Diagnosis> before, Fault fault) {
        return new Diagnosis(
                        target,
                        before.map(Diagnosis::kind).orElse("ScaledObject"),
                        State.UNKNOWN,
                        List.of(),
                        Optional.empty(),
                        Certainty.UNKNOWN,
                        "",
                        desired,
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
                desired,
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

    /** The advisories on what explains this diagnosis, each of which names the version that ends it. */
    public List<Advisory> explaining() {
        return advisories.stream()
                .filter(advisory -> advisory.upgrade()
                        .filter(upgrade -> causes.contains(upgrade.ends()))
                        .isPresent())
                .toList();
    }

    /** Whether the state is unknown because of an internal error. */
    public boolean isInternalError() {
        return causes.contains(Cause.INTERNAL_ERROR);
    }

    /** Whether the target is late or has used up half of its time, so that its Events are worth reading. */
    public boolean lags(Instant now) {
        return progress.lags(now);
    }

    public enum Certainty {
        CERTAIN,
        LIKELY,
        UNKNOWN
    }
}
