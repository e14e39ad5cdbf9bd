package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.plan.DryRunAnswer.Owner;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which line of the diary an answer to a dry run becomes; the code decides whether a person is alerted. */
class DryRunReportTest {

    private static final Instant NOON = Given.OPENS.minus(Duration.ofHours(9));
    private static final Owner MINIMUM = new Owner("argocd-controller", ".spec.minReplicaCount");
    private static final Owner MAXIMUM = new Owner("kubectl-edit", ".spec.maxReplicaCount");

    @Test
    void nobodyInTheWayIsNoLine() {
        assertThat(DryRunReport.of(new DryRunAnswer.Accepted(dryRun(ConflictPolicy.ADOPT)), NOON))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ADOPT  | ownership      | Tidewatch will take it over once when midnight-peak opens at 22:30 (minimum 5 → 7); a second time is a Conflict
        FORCE  | ownership      | Tidewatch will take it over when midnight-peak opens at 22:30 (minimum 5 → 7) and whenever it is changed
        REPORT | conflict-ahead | Conflict when midnight-peak opens at 22:30, minimum 5 → 7 will not be written
        """)
    void anotherOwnerIsReportedWithWhatTheScheduleDoes(ConflictPolicy policy, String code, String consequence) {
        DiaryEntry line = DryRunReport.of(new DryRunAnswer.Owned(dryRun(policy), List.of(MINIMUM)), NOON)
                .orElseThrow();

        assertThat(line.code()).isEqualTo(code);
        assertThat(line.target()).contains(Given.CHECKOUT);
        assertThat(line.text())
                .startsWith("argocd-controller owns spec.minReplicaCount: " + consequence + "; to fix it: ");
    }

    @Test
    void eachOwnerIsNamedAndTheRuleIsForTheFirst() {
        DryRunAnswer two = new DryRunAnswer.Owned(dryRun(ConflictPolicy.REPORT), List.of(MAXIMUM, MINIMUM));

        assertThat(DryRunReport.of(two, NOON).orElseThrow().text())
                .startsWith("argocd-controller owns spec.minReplicaCount, kubectl-edit owns spec.maxReplicaCount: ")
                .endsWith("to fix it: stop kubectl-edit from writing spec.maxReplicaCount, or set onConflict: Force");
    }

    @Test
    void aRejectionHasItsCodeAndItsMessage() {
        DiaryEntry line = DryRunReport.of(
                        new DryRunAnswer.Rejected(dryRun(ConflictPolicy.ADOPT), 422, "minimum above maximum"), NOON)
                .orElseThrow();

        assertThat(line.code()).isEqualTo("refusal-ahead");
        assertThat(line.text())
                .isEqualTo("the API server will reject the write when midnight-peak opens at 22:30 (minimum 5 → 7):"
                        + " (422) minimum above maximum");
    }

    /** More than a day ahead, the time of day alone would be read as tonight's. */
    @Test
    void anEdgeThatIsFarAheadHasItsDate() {
        DryRunAnswer owned = new DryRunAnswer.Owned(dryRun(ConflictPolicy.REPORT), List.of(MINIMUM));

        assertThat(DryRunReport.of(owned, Given.OPENS.minus(Duration.ofDays(1)))
                        .orElseThrow()
                        .text())
                .contains("opens at 2026-11-22 22:30,");
    }

    @Test
    void whatGotNoAnswerIsALineThatAlertsNobody() {
        DiaryEntry line = DryRunReport.unanswered(
                new DryRunAnswer.Unanswered(dryRun(ConflictPolicy.REPORT), "etcd is gone"), NOON);

        assertThat(line.code()).isEqualTo("ownership");
        assertThat(line.text()).endsWith("got no answer, so who owns its fields is unknown: etcd is gone");
    }

    private static DryRun dryRun(ConflictPolicy policy) {
        DesiredBounds next = Given.inWindow(policy);
        return new DryRun(
                next,
                Given.OPENS,
                new Bounds(5, 20),
                new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", "checkout"),
                "uid-1",
                Map.of(),
                Optional.of(policy).filter(ConflictPolicy.FORCE::equals).isPresent());
    }
}
