package io.tidewatch.ownership;

import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was wrong with a target when a step was written, as the ScaledObject remembers it:
 * {@code AvailabilityLag Unschedulable, 2 of 5 missing}.
 *
 * @param state of the pass that wrote the step
 * @param cause absent where none was known
 * @param missing how many pods were not available
 * @param of how many the workload asked for
 */
public record BeforeRecord(State state, Optional<Cause> cause, int missing, int of) {

    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z]{1,40})(?: ([A-Za-z]{1,40}))?, (\\d{1,9}) of (\\d{1,9}) missing");

    /**
     * What is wrong in the pass that writes a step; absent where no pod is missing and the state is no problem, or where nothing is
     * known of the pods.
     */
    public static Optional<BeforeRecord> of(Diagnosis diagnosis, TargetObservation seen) {
        int replicas = seen.replicas().orElse(0);
        int missing = diagnosis
                .live()
                .map(Counters::availableReplicas)
                .map(available -> Math.max(0, replicas - available))
                .orElse(0);
        boolean isWrong = missing > 0 || diagnosis.state().isProblem();
        return isWrong && !diagnosis.isInternalError() && diagnosis.state() != State.UNKNOWN
                ? Optional.of(new BeforeRecord(diagnosis.state(), diagnosis.cause(), missing, replicas))
                : Optional.empty();
    }

    /** A text that is not ours counts as absent: then nothing is known of the time before the step. */
    static Optional<BeforeRecord> read(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        Optional<String> causeWord = Optional.ofNullable(found.group(2));
        Optional<Cause> cause = causeWord.flatMap(BeforeRecord::cause);
        if (causeWord.isPresent() && cause.isEmpty()) {
            return Optional.empty();
        }
        int missing = Integer.parseInt(found.group(3));
        int of = Integer.parseInt(found.group(4));
        return missing > of
                ? Optional.empty()
                : state(found.group(1)).map(state -> new BeforeRecord(state, cause, missing, of));
    }

    private static Optional<State> state(String word) {
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    private static Optional<Cause> cause(String word) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.word().equals(word))
                .findFirst();
    }

    public String text() {
        return state.word() + cause.map(known -> " " + known.word()).orElse("") + ", " + missing + " of " + of
                + " missing";
    }
}
