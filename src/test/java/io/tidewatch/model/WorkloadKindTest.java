package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A kind is its name and its group, whatever its version. */
class WorkloadKindTest {

    private static final List<String> GROUPS = List.of("", "apps", "argoproj.io", "apps.kruise.io", "play.io");
    private static final List<String> NAMES = List.of("Deployment", "StatefulSet", "ReplicaSet", "Rollout");

    @Test
    void theVersionSaysNothing() {
        assertThat(WorkloadKind.of("apps.kruise.io/v1beta1", "StatefulSet"))
                .isEqualTo(WorkloadKind.of("apps.kruise.io/v1alpha1", "StatefulSet"))
                .isNotEqualTo(WorkloadKind.STATEFUL_SET);
        assertThat(WorkloadKind.of("v1", "ReplicationController"))
                .isEqualTo(new WorkloadKind("", "ReplicationController"));
    }

    @Test
    void aReferenceWithoutApiVersionMeansApps() {
        assertThat(WorkloadKind.referred("", "Deployment")).isEqualTo(WorkloadKind.DEPLOYMENT);
        assertThat(WorkloadKind.referred("", "Rollout")).isNotEqualTo(WorkloadKind.ROLLOUT);
        assertThat(WorkloadKind.referred("v1", "ReplicationController").group()).isEmpty();
    }

    /** A kind that is followed is never confused with its namesakes by those who read its name. */
    @Test
    void noNamesakeReadsLikeAKnownKind() {
        Set<WorkloadKind> kinds = GROUPS.stream()
                .flatMap(group -> NAMES.stream().map(name -> new WorkloadKind(group, name)))
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(kinds.stream().map(WorkloadKind::toString)).doesNotHaveDuplicates();
        assertThat(Stream.of(
                        WorkloadKind.ROLLOUT,
                        WorkloadKind.DEPLOYMENT,
                        WorkloadKind.STATEFUL_SET,
                        WorkloadKind.of("play.io/v1", "Widget"),
                        WorkloadKind.of("apps.kruise.io/v1beta1", "StatefulSet")))
                .extracting(WorkloadKind::toString)
                .containsExactly("Rollout", "Deployment", "StatefulSet", "Widget", "StatefulSet.apps.kruise.io");
    }
}
