package io.tidewatch.model.report;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was diagnosed of a target, from an instant on until the next one is kept: so that any instant of a night can be opened later. Its
 * summary and its evidence have at most {@link #MOST_BYTES} bytes.
 *
 * @param at the instant of the pass that made it
 * @param since since when the state is what it is; absent where that was not kept
 * @param desired the desired minimum
 * @param evidence of a problem, as much of it as there is room for; of another state none
 * @param picture the hops, the claims of other tools and the next command
 */
public record PastDiagnosis(
        Target target,
        Instant at,
        Optional<Instant> since,
        State state,
        Optional<Hop> hop,
        Optional<Cause> cause,
        Diagnosis.Certainty certainty,
        OptionalInt desired,
        String summary,
        List<Evidence> evidence,
        Picture picture) {

    /** In UTF-8. */
    public static final int MOST_BYTES = 2_000;

    /** One that lasts is kept again after this time. */
    public static final Duration KEPT_AGAIN = Duration.ofDays(1);

    private static final int LONGEST_SUMMARY = 300;
    private static final int LONGEST_VALUE = 300;

    public PastDiagnosis {
        evidence = List.copyOf(evidence);
    }

    public static PastDiagnosis of(Diagnosis made, Picture picture, Optional<Instant> since, Instant at) {
        String summary = StrangerText.bounded(made.summary(), LONGEST_SUMMARY);
        return new PastDiagnosis(
                made.target(),
                at,
                since,
                made.state(),
                made.hop(),
                made.cause(),
                made.certainty(),
                made.desired(),
                summary,
                made.state().isProblem() ? fitting(made.evidence(), MOST_BYTES - bytes(summary)) : List.of(),
                picture);
    }

    private static List<Evidence> fitting(List<Evidence> all, int room) {
        List<Evidence> fitting = new ArrayList<>();
        int left = room;
        for (Evidence one : all) {
            Evidence brief = new Evidence(
                    StrangerText.bounded(one.object(), LONGEST_VALUE),
                    StrangerText.bounded(one.field(), LONGEST_VALUE),
                    StrangerText.bounded(one.value(), LONGEST_VALUE));
            left -= bytes(brief.object()) + bytes(brief.field()) + bytes(brief.value()) + 3;
            if (left < 0) {
                return fitting;
            }
            fitting.add(brief);
        }
        return fitting;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Whether it says how the target stood at an instant: if it had lasted until then, and somebody had looked, it would have been kept again.
     *
     * @param resync the longest time between two passes
     */
    public boolean countsAt(Instant asked, Duration resync) {
        return Duration.between(at, asked).compareTo(KEPT_AGAIN.plus(resync.multipliedBy(2))) <= 0;
    }

    /** The approximate number of characters. */
    public long size() {
        return 600L
                + summary.length()
                + evidence.stream()
                        .mapToLong(one -> one.object().length()
                                + one.field().length()
                                + one.value().length())
                        .sum();
    }

    /**
     * What is known of an instant.
     *
     * @param diagnosis absent: nothing of the target was diagnosed until then, or it is not kept any more
     */
    public record AtInstant(Optional<PastDiagnosis> diagnosis) {}
}
