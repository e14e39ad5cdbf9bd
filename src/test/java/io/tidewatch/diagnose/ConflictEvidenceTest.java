package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Conflict is proven by the field manager that the verdict on whose value stands names, and by no other owner of the field. */
class ConflictEvidenceTest {

    private static final Map<String, Object> MINIMUM = Map.of("f:spec", Map.of("f:minReplicaCount", Map.of()));
    private static final Map<String, Object> MAXIMUM = Map.of("f:spec", Map.of("f:maxReplicaCount", Map.of()));

    @Test
    void theOtherOwnerOfTheMinimumIsNamedAndNotTidewatchBesideIt() {
        Diagnosis diagnosis = ask(
                writer("kubectl-edit", MINIMUM), writer("argocd-controller", MAXIMUM), writer("tidewatch", MINIMUM));

        assertThat(diagnosis.state()).isEqualTo(State.CONFLICT);
        assertThat(managers(diagnosis))
                .containsExactly("metadata.managedFields[spec.minReplicaCount].manager = kubectl-edit");
    }

    @Test
    void whereTheObjectNamesNoOtherOwnerNoneIsInvented() {
        assertThat(managers(ask())).isEmpty();
        assertThat(managers(ask(writer("tidewatch", MINIMUM)))).isEmpty();
    }

    @SafeVarargs
    private static Diagnosis ask(Map<String, Object>... writers) {
        return CaseDump.of("field-conflict")
                .set("ScaledObject", "metadata.managedFields", List.of(writers))
                .ask("shop", "checkout", 7, "2026-11-22T13:01:00Z");
    }

    private static List<String> managers(Diagnosis diagnosis) {
        return diagnosis.evidence().stream()
                .filter(proof -> proof.field().contains("managedFields"))
                .map(ConflictEvidenceTest::line)
                .toList();
    }

    private static String line(Evidence proof) {
        return proof.field() + " = " + proof.value();
    }

    private static Map<String, Object> writer(String manager, Map<String, Object> fields) {
        return Map.of(
                "manager",
                manager,
                "operation",
                "Update",
                "apiVersion",
                "keda.sh/v1alpha1",
                "fieldsType",
                "FieldsV1",
                "fieldsV1",
                fields,
                "time",
                "2026-11-22T13:00:30Z");
    }
}
