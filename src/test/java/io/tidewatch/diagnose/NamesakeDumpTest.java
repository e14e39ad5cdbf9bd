package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dump has the StatefulSet of apps.kruise.io that a target scales, or one of apps with its name or another, or both. */
class NamesakeDumpTest {

    private static final String AT = "2026-11-30T06:16:00Z";

    /** Found by reading: the two were one object in two versions, of which one was dropped. */
    @Test
    void besideItsNamesakeTheTargetIsFollowedToItsOwnCount() {
        Diagnosis diagnosis = ask(CaseDump.of("namesake-statefulset"));

        assertThat(diagnosis.summary())
                .endsWith("8 replicas, as its own status says; pods of a StatefulSet.apps.kruise.io are not"
                        + " followed");
        assertThat(diagnosis.missing()).doesNotContain("StatefulSet", "StatefulSet.apps.kruise.io");
    }

    @Test
    void itsOwnCountIsWhatLags() {
        Diagnosis diagnosis = ask(CaseDump.of("namesake-statefulset")
                .setWhere("StatefulSet", NamesakeDumpTest::isOfKruise, "status.replicas", 6));

        assertThat(diagnosis.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(diagnosis.summary()).contains("status.replicas of the StatefulSet.apps.kruise.io is 6 of 8");
    }

    /** The dump shows StatefulSets of apps, so one of apps would be missing. */
    @Test
    void whatADumpLacksOfAnotherGroupIsNotMissing() {
        Diagnosis diagnosis = ask(CaseDump.of("other-group-statefulset"));

        assertThat(diagnosis.state().isProblem()).isFalse();
        assertThat(diagnosis.summary()).contains("as the HPA says");
        assertThat(diagnosis.missing()).contains("StatefulSet.apps.kruise.io");
    }

    @Test
    void oneOfAppsIsMissingWhereOnlyItsNamesakeIsThere() {
        CaseDump dump = CaseDump.of("namesake-statefulset")
                .setWhere("StatefulSet", object -> !isOfKruise(object), "metadata.name", "database")
                .set("ScaledObject", "spec.scaleTargetRef.apiVersion", "apps/v1")
                .set("HorizontalPodAutoscaler", "spec.scaleTargetRef.apiVersion", "apps/v1");

        assertThat(ask(dump).cause()).contains(Cause.TARGET_MISSING);
    }

    private static boolean isOfKruise(Map<String, Object> object) {
        return String.valueOf(object.get("apiVersion")).startsWith("apps.kruise.io/");
    }

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "checkout", 8, AT);
    }
}
