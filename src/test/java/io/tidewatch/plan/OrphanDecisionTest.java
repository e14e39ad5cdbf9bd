package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Problem;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a ScaledObject that carries our annotations and that no schedule names any more. */
class OrphanDecisionTest {

    private static final Instant NOW = Given.CLOSES;

    private final Map<String, String> annotations = new LinkedHashMap<>(Map.of(
            "tidewatch.io/instance", "tidewatch",
            "tidewatch.io/source", "shop",
            "tidewatch.io/schedule", "shop/checkout-midnight",
            "tidewatch.io/baseline", "5..20",
            "tidewatch.io/applied", "7..20",
            "tidewatch.io/commit", "3f2c1ab99"));

    private Definitions definitions = new Definitions(List.of(source(List.of())));
    private Set<String> namespaces = Set.of();
    private Answer answer = Answer.HELD;
    private boolean restoredBefore;

    @Test
    void itGetsItsBaselineBackAndLosesOurAnnotations() {
        Action.SetMinReplicas restored =
                (Action.SetMinReplicas) decide(live("tidewatch")).action().orElseThrow();

        assertThat(restored.to()).isEqualTo(5);
        assertThat(restored.force()).isFalse();
        assertThat(restored.reason()).isEqualTo("schedule shop/checkout-midnight was removed");
        assertThat(restored.body().toString()).doesNotContain("tidewatch.io/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tidewatch.io/applied", "tidewatch.io/instance", "tidewatch.io/source"})
    void whatDoesNotCarryAllOfOurNameIsNotOurs(String missing) {
        annotations.remove(missing);

        assertThat(decide(live("tidewatch"))).isEqualTo(Decision.NOTHING);
    }

    @Test
    void noRemovalCountsWhileASourceIsUnreadOrHasErrors() {
        definitions = new Definitions(List.of(source(List.of())), Set.of("bank"));
        assertThat(decide(live("tidewatch"))).isEqualTo(Decision.NOTHING);

        definitions = new Definitions(List.of(
                source(List.of(new Problem("a.yaml", 1, "", Problem.Severity.ERROR, "syntax", "unexpected end")))));
        assertThat(decide(live("tidewatch"))).isEqualTo(Decision.NOTHING);
    }

    @Test
    void whatAPersonHoldsWaitsForTheEndOfTheHold() {
        annotations.put("tidewatch.io/hold-until", NOW.plusSeconds(60).toString());
        Decision held = decide(live("tidewatch"));

        assertThat(held.skipped().orElseThrow().code()).isEqualTo(Skipped.HELD);
        assertThat(held.checkAgainAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void whatASourceMayNotSpeakForIsLeft() {
        namespaces = Set.of("bank");

        assertThat(orphan(live("tidewatch")))
                .startsWith("its annotations name source shop, which may not write to namespace shop; its minimum"
                        + " stays 7");
    }

    @Test
    void annotationsThatCameBackAfterARestoreAreReportedOnly() {
        restoredBefore = true;

        assertThat(orphan(live("tidewatch"))).startsWith("its baseline was restored, and the annotations");
    }

    @Test
    void anotherOwnerOfTheMinimumIsNotForcedOut() {
        assertThat(orphan(live("tidewatch", "argocd"))).startsWith("its schedule was removed, and argocd owns");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_HELD, but the source had no such baseline there",
        "CANNOT_TELL, cannot be checked in the history of that source"
    })
    void aBaselineThatHistoryDoesNotProveIsNotWritten(Answer past, String reason) {
        answer = past;

        assertThat(orphan(live("tidewatch")))
                .startsWith("its annotations claim the baseline 5..20 at commit 3f2c1ab of source shop")
                .contains(reason);
    }

    @Test
    void whatHistoryHasNotAnsweredYetWaits() {
        answer = Answer.NOT_YET_KNOWN;

        assertThat(decide(live("tidewatch"))).isEqualTo(Decision.NOTHING);
    }

    /** Somebody changed the minimum after our last write: the value stays, and only our annotations go. */
    @Test
    void whatWasChangedSinceStays() {
        annotations.put("tidewatch.io/applied", "9..20");

        assertThat(((Action.SetMinReplicas) decide(live("tidewatch")).action().orElseThrow()).to())
                .isEqualTo(7);
    }

    private String orphan(ScaledObjectView live) {
        Skipped skipped = decide(live).skipped().orElseThrow();
        assertThat(skipped.code()).isEqualTo(Skipped.ORPHAN);
        return skipped.reason();
    }

    private ScaledObjectView live(String... owners) {
        return Given.live(7, annotations, owners);
    }

    private Decision decide(ScaledObjectView live) {
        OrphanPast past = new OrphanPast() {
            @Override
            public Answer answer(PastBaseline claim) {
                return answer;
            }

            @Override
            public boolean isRestored(PastBaseline claim) {
                return restoredBefore;
            }
        };
        return new OrphanDecision(
                        definitions,
                        Map.of("shop", new SourcePolicy("shop", false, false, namespaces)),
                        past,
                        Map.of(),
                        "tidewatch",
                        new Moment(NOW))
                .decide(Given.CHECKOUT, live, Optional.empty(), false);
    }

    private static SourceDefinitions source(List<Problem> problems) {
        return new SourceDefinitions(
                "shop", new Commit("shop", "3f2c1ab9", "Dana", NOW, "remove it"), new TreeMap<>(), problems);
    }
}
