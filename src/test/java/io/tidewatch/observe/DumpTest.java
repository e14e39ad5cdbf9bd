package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ControllerView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl prints, in each of the forms in which people save it. */
class DumpTest {

    private static final Instant AT = Instant.parse("2026-11-23T18:00:00Z");
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\"}}";
    private static final String ROLLOUT =
            "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Rollout\",\"metadata\":{\"name\":\"r\",\"namespace\":\"shop\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"List\",\"items\":[" + POD + "," + ROLLOUT + "]}",
                "[" + POD + "," + ROLLOUT + "]",
                POD + "\n" + ROLLOUT,
                POD + "\n---\n" + ROLLOUT,
                "---\nkind: List\nitems:\n- " + POD + "\n- " + ROLLOUT + "\n",
                "kind: PodList\nitems:\n- " + POD + "\n---\nkind: Rollout\nmetadata: {name: r, namespace: shop}\n",
                "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\"}}]}\n"
                        + ROLLOUT,
                "Warning: autoscaling/v2beta2 is deprecated\r\nI1125 14:41:19.8 1 x.go:1] x\n[" + POD + "," + ROLLOUT
                        + "]\n",
                POD + "\r\n" + ROLLOUT + "\r\n",
            })
    void everyFormIsRead(String text) {
        Dump dump = Dump.parse("dump", text);
        assertThat(dump.problems()).isEmpty();
        ClusterState state = dump.read(AT);
        assertThat(state.pods()).extracting(pod -> pod.meta().name()).containsExactly("a");
        assertThat(state.rollouts())
                .extracting(rollout -> rollout.meta().name())
                .containsExactly("r");
        assertThat(state.missing())
                .containsExactlyInAnyOrder(
                        "ScaledObject", "HorizontalPodAutoscaler", "StatefulSet", "ReplicaSet", "Event", "Deployment");
    }

    @Test
    void whatCannotBeReadIsAProblemWithItsLineAndTheRestStands() {
        Dump dump = Dump.parse("one.json", POD + "\n" + POD + "\n{\"kind\": ");
        assertThat(dump.objects()).hasSize(1);
        assertThat(dump.problems()).containsExactly("one.json:3: not JSON: it breaks off, as a file that was cut");
        assertThat(Dump.parse("two.yaml", "Warning: old\nkind: Pod\na: [").problems())
                .singleElement()
                .asString()
                .startsWith("two.yaml:3: not YAML: ");
        assertThat(Dump.parse("three", "hello").problems()).containsExactly("three: no Kubernetes objects in it");
        assertThat(Dump.parse("four", "a\u0000b").problems()).containsExactly("four: not a text");
        assertThat(Dump.parse("five", POD + POD).problems())
                .containsExactly("five:1: not JSON: more follows on the line where a document ends");
    }

    @Test
    void aListThatWasCutHasItemsAndNoKind() {
        assertThat(Dump.parse("cut.yaml", "apiVersion: v1\nitems:\n- " + POD + "\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("cut");
    }

    @Test
    void anEmptyListIsReportedAndIsNoObject() {
        Dump dump = Dump.parse("pods.yaml", "apiVersion: v1\nitems: []\nkind: List\n");
        assertThat(dump.problems()).containsExactly("pods.yaml: an empty List, kubectl found nothing");
        assertThat(dump.objects()).isEmpty();
    }

    @Test
    void anErrorOfKubectlIsReportedAndTheObjectsBeforeItCount() {
        Dump dump = Dump.parse("d", ROLLOUT + "\nError from server (Forbidden): events is forbidden\n");
        assertThat(dump.objects()).hasSize(1);
        assertThat(dump.problems())
                .containsExactly("d: kubectl said: Error from server (Forbidden): events is forbidden");
        assertThat(Dump.parse("d", "The connection to the server x was refused\n")
                        .problems())
                .containsExactly("d: kubectl said: The connection to the server x was refused");
    }

    @Test
    void ofAnObjectInTwoVersionsTheNewerCounts() {
        String old = POD.replace("\"name\":\"a\"", "\"name\":\"a\",\"resourceVersion\":\"99\"");
        String young = POD.replace("\"name\":\"a\"", "\"name\":\"a\",\"resourceVersion\":\"100\"");
        Dump dump = Dump.of(List.of(Dump.parse("after", young), Dump.parse("before", old)));
        assertThat(dump.read(AT).pods())
                .extracting(pod -> pod.meta().resourceVersion())
                .containsExactly("100");
        assertThat(dump.problems()).containsExactly("Pod shop/a is there in two versions: the newer counts");
        assertThat(Dump.of(List.of(Dump.parse("one", old), Dump.parse("two", old)))
                        .problems())
                .isEmpty();
    }

    @Test
    void aRolloutOfAnotherProjectIsNone() {
        String foreign = ROLLOUT.replace("argoproj.io/v1alpha1", "rollouts.kruise.io/v1beta1");
        assertThat(Dump.parse("d", foreign).read(AT).rollouts()).isEmpty();
        assertThat(Dump.parse("d", ROLLOUT + "\n" + foreign).read(AT).rollouts())
                .hasSize(1);
    }

    @Test
    void theConditionsOfAnHpaInItsFirstVersionStandInAnAnnotation() {
        String conditions = "[{\\\"type\\\":\\\"ScalingActive\\\",\\\"status\\\":\\\"False\\\"}]";
        String hpa =
                "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"HorizontalPodAutoscaler\",\"metadata\":{\"name\":\"h\","
                        + "\"annotations\":{\"autoscaling.alpha.kubernetes.io/conditions\":\"" + conditions + "\"}}}";
        assertThat(Dump.parse("d", hpa).read(AT).hpas().get(0).conditions()).containsKey("ScalingActive");
        assertThat(Dump.parse("d", hpa.replace(conditions, "no json"))
                        .read(AT)
                        .hpas()
                        .get(0)
                        .conditions())
                .isEmpty();
    }

    @Test
    void aControllerIsKnownByItsLabelWhereItsImageIsRenamed() {
        String deployment =
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"r\",\"labels\":{"
                        + "\"app.kubernetes.io/name\":\"argo-rollouts\",\"app.kubernetes.io/version\":\"v1.7.2\"}},\"spec\":{\"template\":"
                        + "{\"spec\":{\"containers\":[{\"image\":\"registry.redhat.io/gitops/argo-rollouts-rhel8@sha256:ab\"}]}}}}";
        assertThat(Dump.parse("d", deployment).read(AT).controllers()).allMatch(ControllerView::isArgoRollouts);
        String dashboard = deployment.replace(
                "\"labels\":{", "\"labels\":{\"app.kubernetes.io/component\":\"rollouts-dashboard\",");
        assertThat(Dump.parse("d", dashboard).read(AT).controllers()).noneMatch(ControllerView::isArgoRollouts);
        String keda = deployment.replace("argo-rollouts\",", "keda-operator\",").replace("argo-rollouts-rhel8", "cma");
        assertThat(Dump.parse("d", keda).read(AT).controllers()).allMatch(ControllerView::isKeda);
    }

    @Test
    void noClockIsBeforeTheNewestInstantInTheDump() {
        String pod = POD.replace("\"name\":\"a\"", "\"name\":\"a\",\"creationTimestamp\":\"2026-11-23T19:00:00Z\"");
        assertThat(Dump.parse("dump", pod).read(AT).at()).isEqualTo("2026-11-23T19:00:00Z");
        assertThat(Dump.parse("dump", POD).read(AT).at()).isEqualTo(AT);
    }
}
