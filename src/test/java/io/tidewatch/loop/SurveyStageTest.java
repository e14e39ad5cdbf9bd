package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.model.cluster.Survey.Right;
import io.tidewatch.model.cluster.Use;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the API server is surveyed again, and what of it is written down. */
class SurveyStageTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Right PODS = new Right("list", "", "pods", "", "to see pods");
    private static final Right PATCH = new Right("patch", "keda.sh", "scaledobjects", "", "to write minimums");

    private final MovedClock clock = new MovedClock(NOON);
    private final List<Set<Instant>> armed = new ArrayList<>();
    private final List<DiaryEntry> diary = new ArrayList<>();
    private int surveys;
    private boolean answers = true;
    private Map<Use, Set<String>> liveUses = Map.of();
    private Survey found = survey();
    private final SurveyStage stage = new SurveyStage(
            (namespaces, uses, now) -> {
                surveys++;
                if (!answers) {
                    throw new IllegalStateException("the API server does not answer");
                }
                return found;
            },
            () -> new CompiledDefinitions(Definitions.NONE, Timetable.joined(List.of())),
            () -> liveUses,
            clock,
            armed::add,
            diary::addAll);

    private static Survey survey(Right... denied) {
        return new Survey(
                "https://cluster",
                "v1.36.0",
                Map.of("argoproj.io", List.of("v1alpha1"), "keda.sh", List.of("v1alpha1")),
                List.of(),
                List.of(denied),
                true);
    }

    @Test
    void aClusterThatLacksNothingIsSurveyedOnce() {
        stage.survey();
        clock.moveTo(NOON.plus(Duration.ofHours(1)));
        stage.survey();

        assertThat(surveys).isEqualTo(1);
        assertThat(armed).isEmpty();
        assertThat(diary).isNotEmpty().allSatisfy(line -> {
            assertThat(line.code()).isEqualTo("connected");
            assertThat(line.target()).isEmpty();
            assertThat(line.at()).isEqualTo(NOON);
        });
    }

    /** That a ScaledObject scales a Deployment is known once it was seen. */
    @Test
    void aKindThatTurnsOutToBeUsedIsSurveyedAtOnce() {
        stage.survey();
        liveUses = Map.of(Use.DEPLOYMENTS, Set.of("shop"));
        stage.survey();
        stage.survey();

        assertThat(surveys).isEqualTo(2);
    }

    @Test
    void aMissingPermissionIsCheckedAgainAtTheArmedInstantAndOnlyTheChangeIsWritten() {
        found = survey(PATCH);
        stage.survey();
        Instant next = armed.get(0).iterator().next();
        assertThat(next).isAfter(NOON);
        int lines = diary.size();

        clock.moveTo(next.minusMillis(1));
        stage.survey();
        assertThat(surveys).isEqualTo(1);

        clock.moveTo(next);
        stage.survey();
        assertThat(surveys).isEqualTo(2);
        assertThat(diary).hasSize(lines);

        found = survey();
        clock.moveTo(armed.get(1).iterator().next());
        stage.survey();
        assertThat(diary.subList(lines, diary.size()))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("patch").contains("scaledobjects"));
        assertThat(armed).hasSize(2);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsSurveyedAfterGrowingPauses() {
        answers = false;
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < 12; attempt++) {
            stage.survey();
            Instant next = armed.get(attempt).iterator().next();
            pauses.add(Duration.between(clock.instant(), next));
            clock.moveTo(next);
        }

        assertThat(surveys).isEqualTo(12);
        assertThat(pauses).isSorted().endsWith(Duration.ofMinutes(5));
        assertThat(diary).isEmpty();
    }

    @Test
    void aClockThatWasSetBackDelaysNoSurvey() {
        found = survey(PODS);
        stage.survey();
        clock.moveTo(NOON.minus(Duration.ofHours(2)));
        stage.survey();

        assertThat(surveys).isEqualTo(2);
    }
}
