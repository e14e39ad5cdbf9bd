package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.chart.Chart;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each object of the chart in a dry run of the API server, whose namespace warns of pods that are not restricted. Kinds that this API server does
 * not serve (those of the Prometheus operator; many on the playground) are left out.
 */
class ChartContractTest extends ClusterContract {

    private static final Set<String> CLUSTER_SCOPED =
            Set.of("ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition");

    @BeforeAll
    static void warnOfPodsThatAreNotRestricted() {
        api.merge(
                        "/api/v1/namespaces/" + namespace,
                        "{'metadata':{'labels':{'pod-security.kubernetes.io/warn':'restricted'}}}")
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "namespaced", "replicas", "everything"})
    void isAcceptedWithoutAWarning(String rendering) {
        Set<String> accepted = new TreeSet<>();
        for (JsonNode object : Chart.objects(rendering)) {
            String kind = object.path("kind").asText();
            String collection = collection(object.path("apiVersion").asText(), kind);
            if (api.get(collection).code() != 404) {
                ObjectNode metadata = (ObjectNode) object.path("metadata");
                if (!CLUSTER_SCOPED.contains(kind)) {
                    metadata.put("namespace", namespace);
                }
                Reply reply = api.send(
                        "PATCH",
                        collection + "/" + metadata.path("name").asText()
                                + "?force=true&fieldManager=tidewatch-chart&dryRun=All&fieldValidation=Strict",
                        "application/apply-patch+yaml",
                        object.toString().replace("'", "\\u0027"));
                reply.ok();
                assertThat(reply.warnings())
                        .as("%s %s", kind, metadata.path("name"))
                        .isEmpty();
                accepted.add(kind);
            }
        }
        assertThat(accepted).contains("ConfigMap", "Deployment", "ServiceAccount");
    }

    private static String collection(String apiVersion, String kind) {
        String plural = kind.endsWith("y")
                ? kind.toLowerCase(Locale.ROOT).replaceFirst("y$", "ies")
                : kind.toLowerCase(Locale.ROOT) + "s";
        String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
        return CLUSTER_SCOPED.contains(kind) ? root + "/" + plural : root + "/namespaces/" + namespace + "/" + plural;
    }
}
