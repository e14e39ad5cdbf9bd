package io.tidewatch.chart;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each object of each rendering has only fields that its kind has, and what all of them promise. */
class ChartObjectsTest {

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NoFurtherFields());

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            entry("v1/ConfigMap", ConfigMap.class),
            entry("v1/Namespace", Namespace.class),
            entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("batch/v1/Job", Job.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            entry("rbac.authorization.k8s.io/v1/ClusterRole", ClusterRole.class),
            entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class),
            entry("apiextensions.k8s.io/v1/CustomResourceDefinition", CustomResourceDefinition.class),
            entry("monitoring.coreos.com/v1/ServiceMonitor", MonitoringKinds.ServiceMonitor.class),
            entry("monitoring.coreos.com/v1/PrometheusRule", MonitoringKinds.PrometheusRule.class));

    static List<String> renderings() {
        return Chart.RENDERINGS;
    }

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("deploy"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().endsWith(".values.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void eachObjectHasOnlyFieldsOfItsKind(String rendering) throws JsonProcessingException {
        for (JsonNode object : Chart.objects(rendering)) {
            decoded(object);
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void soHasEachManifestWithoutHelm(Path manifest) throws JsonProcessingException {
        List<JsonNode> objects = Chart.documents(manifest);

        assertThat(objects).isNotEmpty();
        for (JsonNode object : objects) {
            decoded(object);
        }
    }

    /** Guards the guard: a field that no kind has is found wherever it stands. */
    @Test
    void aFieldThatTheKindDoesNotHaveIsFound() throws JsonProcessingException {
        JsonNode job = Chart.objects("default", "Job").get(0);
        String wrong = job.toString().replace("\"readOnlyRootFilesystem\"", "\"readOnlyRootFileSystem\"");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> decoded(Chart.JSON.readTree(wrong))))
                .hasMessageContaining("readOnlyRootFileSystem");
    }

    /** The profile "restricted" of the Pod Security Standards, and the read-only root besides. */
    @ParameterizedTest
    @MethodSource("renderings")
    void podsAreRestricted(String rendering) {
        List<JsonNode> pods = Stream.concat(
                        Chart.objects(rendering, "Deployment").stream(), Chart.objects(rendering, "Job").stream())
                .map(object -> object.at("/spec/template/spec"))
                .toList();

        assertThat(pods).hasSize(2);
        for (JsonNode pod : pods) {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.findValuesAsText("hostPath")).isEmpty();
            for (String kind : List.of("containers", "initContainers")) {
                for (JsonNode container : pod.path(kind)) {
                    JsonNode security = container.path("securityContext");
                    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                    assertThat(container.at("/resources/limits/cpu").isMissingNode())
                            .isTrue();
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotEmpty();
                }
            }
        }
    }

    /** With one replica a budget would block the drain of its node for ever. */
    @Test
    void aBudgetIsMadeOfSeveralReplicasAlone() {
        assertThat(Chart.objects("default", "PodDisruptionBudget")).isEmpty();
        assertThat(Chart.objects("replicas", "PodDisruptionBudget")
                        .get(0)
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void oneReplicaIsNeverTwoAtATimeAndSeveralAreReplacedOneByOne() {
        JsonNode one = Chart.objects("default", "Deployment").get(0).path("spec");
        JsonNode several = Chart.objects("replicas", "Deployment").get(0).path("spec");

        assertThat(one.at("/replicas").asInt()).isEqualTo(1);
        assertThat(one.at("/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(Chart.objects("default", "PersistentVolumeClaim")).hasSize(1);
        assertThat(several.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1))
                .isZero();
        assertThat(several.at("/template/spec/topologySpreadConstraints")).hasSize(2);
        assertThat(Chart.objects("replicas", "PersistentVolumeClaim")).isEmpty();
    }

    private static void decoded(JsonNode object) throws JsonProcessingException {
        String kind =
                object.at("/apiVersion").asText() + "/" + object.at("/kind").asText();
        assertThat(KINDS).containsKey(kind);
        STRICT.treeToValue(object, KINDS.get(kind));
    }

    /** The client keeps fields that it does not know; here they are mistakes. */
    private static final class NoFurtherFields extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
