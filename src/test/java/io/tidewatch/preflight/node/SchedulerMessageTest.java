package io.tidewatch.preflight.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerMessageTest {

    /** Messages as kube-scheduler writes them, and what all nodes lack; "-" where something else keeps the pod away. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        0/6 nodes are available: 6 Insufficient cpu. preemption: 0/6 nodes are available: 6 No preemption victims found for incoming pod. | 0/6 nodes are available: 6 Insufficient cpu | cpu
        0/6 nodes are available: 2 Insufficient memory, 6 Insufficient cpu.                                          | 0/6 nodes are available: 2 Insufficient memory, 6 Insufficient cpu | memory cpu
        0/3 nodes are available: 1 Too many pods, 2 Insufficient nvidia.com/gpu.                                     | 0/3 nodes are available: 1 Too many pods, 2 Insufficient nvidia.com/gpu | nvidia.com/gpu
        0/2 nodes are available: 2 Too many pods.                                                                    | 0/2 nodes are available: 2 Too many pods | ''
        0/6 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 5 Insufficient cpu. | 0/6 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 5 Insufficient cpu | -
        0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector.                                | 0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector | -
        0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod. | 0/1 nodes are available: 1 Insufficient cpu | cpu
        no nodes available to schedule pods                                                                          | no nodes available to schedule pods | -
        """)
    void theFirstSentenceCountsTheNodes(String message, String counts, String lacking) {
        SchedulerMessage read = SchedulerMessage.of(message);

        assertThat(read.counts()).isEqualTo(counts);
        assertThat(read.lackingAlone())
                .isEqualTo(Optional.ofNullable(lacking)
                        .map(words -> words.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(words.split(" ")))));
    }

    @Test
    void aMessageIsBounded() {
        assertThat(SchedulerMessage.of("0/6 nodes are available: " + "6 Insufficient cpu, ".repeat(1_000))
                        .counts())
                .hasSize(240)
                .endsWith("…");
    }
}
