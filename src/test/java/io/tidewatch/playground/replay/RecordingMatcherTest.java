package io.tidewatch.playground.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The matcher must not forgive more than a watch's merging. */
class RecordingMatcherTest {
    private static final String BEFORE = """
            {"ms":"before","kind":"Rollout","name":"checkout","is":{"phase":"Healthy","replicas":5}}""";
    private static final String PROGRESSING = """
            {"ms":100,"kind":"Rollout","name":"checkout","now":{"phase":"Progressing"}}""";
    private static final String SEVEN = """
            {"ms":140,"kind":"Rollout","name":"checkout","now":{"replicas":7}}""";
    private static final String SEVEN_LATE = """
            {"ms":900,"kind":"Rollout","name":"checkout","now":{"replicas":7}}""";
    private static final String BOTH = """
            {"ms":120,"kind":"Rollout","name":"checkout","now":{"phase":"Progressing","replicas":7}}""";
    private static final String HEALTHY = """
            {"ms":2000,"kind":"Rollout","name":"checkout","now":{"phase":"Healthy"}}""";
    private static final String DEGRADED = """
            {"ms":2000,"kind":"Rollout","name":"checkout","now":{"phase":"Degraded"}}""";

    private static final Trace RECORDED = Trace.of(List.of(BEFORE, PROGRESSING, SEVEN, HEALTHY));

    private static List<String> against(String... run) {
        return differences(RECORDED, Trace.of(List.of(run)));
    }

    private static List<String> differences(Trace recorded, Trace run) {
        return RecordingMatcher.differences(recorded, run, RecordingMatcher.verdicts(RECORDED));
    }

    @Test
    void theSameIsTheSame() {
        assertThat(against(BEFORE, PROGRESSING, SEVEN, HEALTHY)).isEmpty();
    }

    @Test
    void changesCloseTogetherMayBeSeenAsOne() {
        assertThat(against(BEFORE, BOTH, HEALTHY)).isEmpty();
        Trace merged = Trace.of(List.of(BEFORE, BOTH, HEALTHY));
        assertThat(differences(merged, RECORDED)).isEmpty();
    }

    @Test
    void changesFarApartMayNot() {
        Trace apart = Trace.of(List.of(BEFORE, PROGRESSING, SEVEN_LATE, HEALTHY));
        assertThat(differences(apart, Trace.of(List.of(BEFORE, BOTH, HEALTHY)))).hasSize(1);
    }

    @Test
    void anotherOrderIsADifference() {
        assertThat(against(BEFORE, SEVEN, PROGRESSING, HEALTHY)).hasSize(1);
    }

    @Test
    void anotherEndIsADifference() {
        assertThat(against(BEFORE, PROGRESSING, SEVEN, DEGRADED)).hasSize(1);
        assertThat(against(BEFORE, PROGRESSING, SEVEN)).hasSize(1);
    }

    @Test
    void anotherBeginningIsADifference() {
        assertThat(against(BEFORE.replace('5', '4'), PROGRESSING, SEVEN, HEALTHY))
                .hasSize(1);
    }

    @Test
    void aStateThatNothingShowsIsADifference() {
        assertThat(against(BEFORE, DEGRADED.replace("2000", "50"), PROGRESSING, SEVEN_LATE, HEALTHY))
                .hasSize(1);
    }

    @Test
    void anObjectTooManyOrTooFewIsADifference() {
        List<String> more = new ArrayList<>(List.of(BEFORE, PROGRESSING, SEVEN, HEALTHY));
        more.add("""
                {"ms":3,"kind":"HorizontalPodAutoscaler","name":"keda-hpa-checkout","is":{"spec.minReplicas":5}}""");
        assertThat(differences(RECORDED, Trace.of(more))).hasSize(1);
        assertThat(differences(Trace.of(more), RECORDED)).hasSize(1);
    }
}
