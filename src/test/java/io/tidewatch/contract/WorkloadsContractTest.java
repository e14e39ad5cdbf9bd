package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an API server writes into Deployments, StatefulSets and HPAs that are applied to it, and what it rejects. */
class WorkloadsContractTest extends ClusterContract {

    private static final String TEMPLATE = "'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':"
            + "{'app':'web'}},'spec':{'containers':[{'name':'app','image':'registry.k8s.io/pause:3.10',"
            + "'ports':[{'containerPort':8080}]}]}}";

    /** Without replicas, so that a real controller starts no pods. */
    private static String workload(String kind, String name) {
        return "{'apiVersion':'apps/v1','kind':'" + kind + "','metadata':{'name':'" + name + "'},'spec':{'replicas':0,"
                + (kind.equals("StatefulSet") ? "'serviceName':'web'," : "") + TEMPLATE + "}}";
    }

    private static String autoscaler(String name, String spec) {
        return "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'" + name
                + "'},'spec':{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'nobody'}," + spec
                + "}}";
    }

    private static String collection(String kind) {
        return in(kind.equals("Deployment") ? DEPLOYMENTS : STATEFUL_SETS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        Deployment  | /spec/revisionHistoryLimit                                   | 10
        Deployment  | /spec/progressDeadlineSeconds                                | 600
        Deployment  | /spec/strategy/type                                          | RollingUpdate
        Deployment  | /spec/strategy/rollingUpdate/maxSurge                        | 25%
        Deployment  | /spec/strategy/rollingUpdate/maxUnavailable                  | 25%
        StatefulSet | /spec/revisionHistoryLimit                                   | 10
        StatefulSet | /spec/podManagementPolicy                                    | OrderedReady
        StatefulSet | /spec/updateStrategy/rollingUpdate/partition                 | 0
        StatefulSet | /spec/persistentVolumeClaimRetentionPolicy/whenScaled        | Retain
        Deployment  | /spec/template/spec/restartPolicy                            | Always
        Deployment  | /spec/template/spec/terminationGracePeriodSeconds            | 30
        Deployment  | /spec/template/spec/containers/0/imagePullPolicy             | IfNotPresent
        StatefulSet | /spec/template/spec/containers/0/terminationMessagePolicy    | File
        StatefulSet | /spec/template/spec/containers/0/ports/0/protocol            | TCP
        """)
    void defaultIsWrittenAndNobodysOwn(String kind, String pointer, String value) {
        String name = uniqueName();
        JsonNode applied = api.apply(collection(kind) + "/" + name, "tidewatch", workload(kind, name))
                .ok();

        assertThat(applied.at(pointer).asText()).isEqualTo(value);
        assertThat(applied.at(pointer).isMissingNode()).isFalse();
        assertThat(entryOf(applied, "tidewatch").path("fieldsV1").toString())
                .doesNotContain("f:" + pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    @ParameterizedTest
    @CsvSource({"Deployment", "StatefulSet"})
    void sameManifestAgainChangesNothing(String kind) {
        String path = collection(kind) + "/" + uniqueName();
        String manifest = workload(kind, path.substring(path.lastIndexOf('/') + 1));
        api.apply(path, "tidewatch", manifest).ok();
        JsonNode again = api.apply(path, "tidewatch", manifest).ok();

        assertThat(generation(again)).isEqualTo(1);
    }

    @Test
    void minimumOfAnHpaIsOneUnlessWritten() {
        String name = uniqueName();
        JsonNode applied = api.apply(in(HPAS) + "/" + name, "tidewatch", autoscaler(name, "'maxReplicas':20"))
                .ok();

        assertThat(applied.at("/spec/minReplicas").asInt()).isEqualTo(1);
        assertThat(applied.at("/spec/metrics/0/resource/name").asText()).isEqualTo("cpu");
        assertThat(entryOf(applied, "tidewatch").toString()).doesNotContain("minReplicas");
    }

    @Test
    void minimumAboveTheMaximumIsRejectedAtTheMaximum() {
        JsonNode status = api.create(in(HPAS), autoscaler(uniqueName(), "'minReplicas':21,'maxReplicas':20"))
                .refused(422);

        assertThat(causes(status)).containsExactly("spec.maxReplicas");
        assertThat(status.path("message").asText()).contains("must be greater than or equal to `minReplicas`");
    }

    @Test
    void minimumOfZeroIsRejectedWithoutTheFeatureAndWithoutAMetricThatKnowsZero() {
        JsonNode status = api.create(in(HPAS), autoscaler(uniqueName(), "'minReplicas':0,'maxReplicas':20"))
                .refused(422);

        assertThat(causes(status)).contains("spec.metrics");
        assertThat(status.path("message").asText())
                .contains("must specify at least one Object or External metric to support scaling to zero replicas");
    }

    @Test
    void minimumOfZeroIsRejectedWithoutTheFeature() {
        String metric = "'metrics':[{'type':'External','external':{'metric':{'name':'queue'},'target':{'type':'Value',"
                + "'value':'10'}}}]";
        Reply reply = api.create(in(HPAS), autoscaler(uniqueName(), "'minReplicas':0,'maxReplicas':20," + metric));
        assumeTrue(reply.code() != 201, "skipped: this API server has the feature gate HPAScaleToZero");

        JsonNode status = reply.refused(422);
        assertThat(causes(status)).containsExactly("spec.minReplicas");
        assertThat(status.path("message").asText()).contains("must be greater than or equal to 1");
    }

    /** How a rule for Argo CD or Flux, and a step of a schedule, change it: this field alone. */
    @Test
    void minimumAloneIsAppliedBesideItsOwner() {
        String name = uniqueName();
        String path = in(HPAS) + "/" + name;
        api.apply(path, "team", autoscaler(name, "'minReplicas':5,'maxReplicas':20"))
                .ok();
        String minimum = "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'" + name
                + "'},'spec':{'minReplicas':7}}";

        assertThat(causes(api.apply(path, "tidewatch", minimum).refused(409))).containsExactly(".spec.minReplicas");
        JsonNode raised = api.forceApply(path, "tidewatch", minimum).ok();
        assertThat(raised.at("/spec/minReplicas").asInt()).isEqualTo(7);
        assertThat(entryOf(raised, "team").toString())
                .doesNotContain("minReplicas")
                .contains("maxReplicas");
    }

    private static List<String> causes(JsonNode status) {
        List<String> fields = new ArrayList<>();
        status.at("/details/causes")
                .forEach(cause -> fields.add(cause.path("field").asText()));
        return fields;
    }
}
