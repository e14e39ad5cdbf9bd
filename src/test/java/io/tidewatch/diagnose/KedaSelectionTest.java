package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which ScaledObjects an operator of KEDA follows, by the variables of its Deployment (keda#7738). */
class KedaSelectionTest {

    private static CaseDump dump(String variable, String value) {
        return operator(CaseDump.of("keda-not-following").without("Deployment"), "keda-operator", variable, value);
    }

    private static CaseDump operator(CaseDump dump, String name, String variable, String value) {
        return dump.controller("keda", name, "ghcr.io/kedacore/keda:2.21.0")
                .setWhere(
                        "Deployment",
                        CaseDump.named(name),
                        "spec",
                        Map.of(
                                "template",
                                Map.of(
                                        "spec",
                                        Map.of(
                                                "containers",
                                                List.of(Map.of(
                                                        "image",
                                                        "ghcr.io/kedacore/keda:2.21.0",
                                                        "env",
                                                        List.of(Map.of("name", variable, "value", value))))))));
    }

    private static Diagnosis ask(CaseDump dump) {
        return dump.ask("shop", "checkout", 7, "2026-11-22T13:07:20Z");
    }

    @Test
    void labelsThatDoNotMatchAreNamedWithTheSelector() {
        Diagnosis diagnosis = ask(dump("WATCH_LABEL_SELECTOR", "shard=blue"));

        assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_NOT_SELECTING);
        assertThat(diagnosis.summary())
                .contains("its labels do not match WATCH_LABEL_SELECTOR shard=blue of keda/keda-operator");
        assertThat(diagnosis.evidence())
                .anyMatch(proof -> proof.field().equals("env WATCH_LABEL_SELECTOR")
                        && proof.value().equals("shard=blue"))
                .anyMatch(proof -> proof.object().equals("ScaledObject checkout")
                        && proof.field().equals("metadata.labels"));
    }

    @Test
    void anObjectThatNoOperatorEverFollowedHasNoHpa() {
        Diagnosis diagnosis = ask(dump("WATCH_LABEL_SELECTOR", "shard=blue")
                .without("HorizontalPodAutoscaler")
                .without("Event"));

        assertThat(diagnosis.causes()).doesNotContain(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void labelsThatMatchOrASelectorThatCannotBeReadBlameKeda() {
        assertThat(ask(dump("WATCH_LABEL_SELECTOR", "shard=blue").set("ScaledObject", "metadata.labels[shard]", "blue"))
                        .causes())
                .containsExactly(Cause.KEDA_NOT_FOLLOWING);
        assertThat(ask(dump("WATCH_LABEL_SELECTOR", "shard in blue")).causes())
                .containsExactly(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void oneOfSeveralOperatorsIsEnough() {
        CaseDump two = dump("WATCH_LABEL_SELECTOR", "shard=blue");

        assertThat(ask(operator(two, "keda-operator-rest", "WATCH_LABEL_SELECTOR", "!shard"))
                        .causes())
                .containsExactly(Cause.KEDA_NOT_FOLLOWING);
    }

    @Test
    void aNamespaceThatNoOperatorWatchesIsNamed() {
        Diagnosis diagnosis = ask(dump("WATCH_NAMESPACE", "stock,billing"));

        assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_NOT_SELECTING);
        assertThat(diagnosis.summary())
                .contains("no KEDA operator watches namespace shop (WATCH_NAMESPACE of keda/keda-operator)");
    }
}
