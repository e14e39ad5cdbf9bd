package io.tidewatch.ownership;

import static io.tidewatch.plan.Given.after;
import static io.tidewatch.plan.Given.afterWindow;
import static io.tidewatch.plan.Given.inWindow;
import static io.tidewatch.plan.Given.live;
import static io.tidewatch.plan.Given.memory;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table "Whose value stands", row by row. */
class OwnershipTest {

    private static final Verdict WRITE = new Verdict.Write(false, false);

    @Test
    void aMinimumThatIsAlreadyDesiredNeedsNoRequest() {
        assertThat(verdict(inWindow(ConflictPolicy.ADOPT), live(7))).isEqualTo(new Verdict.Right());
        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), live(5))).isEqualTo(new Verdict.Right());
    }

    @Test
    void whatWeAppliedLastGivesWayToTheNextEdge() {
        DesiredBounds before = inWindow(ConflictPolicy.ADOPT);

        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), after(before, 7, 7)))
                .isEqualTo(WRITE);
    }

    @Test
    void aLowerValueBeforeOurFirstWriteIsRaised() {
        assertThat(verdict(inWindow(ConflictPolicy.ADOPT), live(5))).isEqualTo(WRITE);
    }

    @Test
    void aHigherValueBeforeOurFirstWriteIsLeft() {
        assertThat(verdict(inWindow(ConflictPolicy.ADOPT), live(9))).isEqualTo(new Verdict.RaisedManually(9));
    }

    @Test
    void firstTakeOverFromAnotherOwnerIsForcedUnlessOnlyReported() {
        assertThat(verdict(inWindow(ConflictPolicy.ADOPT), live(5, "argocd")))
                .isEqualTo(new Verdict.Write(true, false));
        assertThat(verdict(inWindow(ConflictPolicy.REPORT), live(5, "argocd")))
                .isEqualTo(new Verdict.Conflict(Optional.of("argocd")));
    }

    @Test
    void aForeignLowerValueIsTakenOverOnceInAWindow() {
        DesiredBounds desired = inWindow(ConflictPolicy.ADOPT);

        assertThat(verdict(desired, after(desired, 7, 5, "kubectl-edit"))).isEqualTo(new Verdict.Write(true, true));

        Map<String, String> spent = memory(desired, 7);
        spent.put("tidewatch.io/takeovers", "1");
        assertThat(verdict(desired, live(5, spent, "kubectl-edit")))
                .isEqualTo(new Verdict.Conflict(Optional.of("kubectl-edit")));
    }

    @Test
    void takeOversStartAnewAtTheNextEdge() {
        Map<String, String> spent = memory(inWindow(ConflictPolicy.ADOPT), 7);
        spent.put("tidewatch.io/takeovers", "1");

        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), live(4, spent, "kubectl-edit")))
                .isEqualTo(new Verdict.Write(true, true));
    }

    @Test
    void unreadableTakeOversCountAsSpent() {
        DesiredBounds desired = inWindow(ConflictPolicy.ADOPT);
        Map<String, String> spoilt = memory(desired, 7);
        spoilt.put("tidewatch.io/takeovers", "many");

        assertThat(verdict(desired, live(5, spoilt, "kubectl-edit")))
                .isEqualTo(new Verdict.Conflict(Optional.of("kubectl-edit")));
    }

    @Test
    void reportNeverTakesBack() {
        DesiredBounds desired = inWindow(ConflictPolicy.REPORT);

        assertThat(verdict(desired, after(desired, 7, 5, "flux"))).isEqualTo(new Verdict.Conflict(Optional.of("flux")));
    }

    @Test
    void forceTakesBackHigherAndLowerAlike() {
        DesiredBounds desired = inWindow(ConflictPolicy.FORCE);

        assertThat(verdict(desired, after(desired, 7, 5, "flux"))).isEqualTo(new Verdict.Write(true, false));
        assertThat(verdict(desired, after(desired, 7, 9, "flux"))).isEqualTo(new Verdict.Write(true, false));
        assertThat(verdict(desired, live(9, "flux"))).isEqualTo(new Verdict.Write(true, false));
    }

    @Test
    void raisedManuallyInsideAWindowIsLeftAtItsEnd() {
        DesiredBounds window = inWindow(ConflictPolicy.ADOPT);

        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), after(window, 7, 9, "kubectl-edit")))
                .isEqualTo(new Verdict.RaisedManually(9));
    }

    @Test
    void aCommitThatChangesTheBaselineIsANewerWordThanAHands() {
        Map<String, String> older = memory(inWindow(ConflictPolicy.ADOPT), 7);
        older.put("tidewatch.io/baseline", "4..20");
        Map<String, String> same = memory(inWindow(ConflictPolicy.ADOPT), 7);
        same.put("tidewatch.io/baseline", "5..20");

        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), live(9, older, "kubectl-edit")))
                .isEqualTo(new Verdict.Write(true, false));
        assertThat(verdict(afterWindow(ConflictPolicy.ADOPT), live(9, same, "kubectl-edit")))
                .isEqualTo(new Verdict.RaisedManually(9));
    }

    private static Verdict verdict(DesiredBounds desired, ScaledObjectView live) {
        return new Ownership(Goal.of(desired), live).verdict();
    }
}
