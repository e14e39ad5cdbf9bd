package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ClusterState;
import java.time.Instant;
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
                .containsExactlyInAnyOrder("ScaledObject", "HPA", "ReplicaSet", "Event", "Deployment");
    }

    @Test
    void whatCannotBeReadIsAProblemAndTheRestStands() {
        Dump dump = Dump.parse("one.json", POD + "\n{\"kind\": ");
        assertThat(dump.objects()).hasSize(1);
        assertThat(dump.problems()).singleElement().asString().startsWith("one.json: not JSON: ");
        assertThat(Dump.parse("two.yaml", "a: [").problems())
                .singleElement()
                .asString()
                .startsWith("two.yaml: not YAML: ");
        assertThat(Dump.parse("three", "hello").problems()).containsExactly("three: no Kubernetes objects in it");
    }

    @Test
    void noClockIsBeforeTheNewestInstantInTheDump() {
        String pod = POD.replace("\"name\":\"a\"", "\"name\":\"a\",\"creationTimestamp\":\"2026-11-23T19:00:00Z\"");
        assertThat(Dump.parse("dump", pod).read(AT).at()).isEqualTo("2026-11-23T19:00:00Z");
        assertThat(Dump.parse("dump", POD).read(AT).at()).isEqualTo(AT);
    }
}
