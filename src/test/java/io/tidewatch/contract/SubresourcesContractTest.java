package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status and scale doors, and what each lets through. */
class SubresourcesContractTest extends ClusterContract {

    private static final String ACCOUNT = "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'nobody'}}";

    private String replicaSet() {
        String name = uniqueName();
        api.create(in(REPLICA_SETS), replicaSet(name)).ok();
        return in(REPLICA_SETS) + "/" + name;
    }

    /** Without a template no controller can act on it, so what is seen is the API server alone. */
    private String rollout() {
        requireRollouts();
        String name = uniqueName();
        api.create(
                        in(ROLLOUTS),
                        "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':'" + name
                                + "'},'spec':{'replicas':5,'paused':true,'selector':{'matchLabels':{'app':'" + name
                                + "'}},'strategy':{'canary':{}}}}")
                .ok();
        return in(ROLLOUTS) + "/" + name;
    }

    @Test
    void mainDoorIgnoresStatus() {
        String path = rollout();

        JsonNode object = api.merge(path, "{'spec':{'minReadySeconds':3},'status':{'pauseConditions':[]}}")
                .ok();

        assertThat(object.path("spec").path("minReadySeconds").asInt()).isEqualTo(3);
        assertThat(object.path("status").has("pauseConditions")).isFalse();
    }

    @Test
    void statusDoorChangesStatusAlone() {
        String path = rollout();
        long before = generation(api.get(path).ok());

        JsonNode object = api.merge(
                        path + "/status?fieldManager=simulator",
                        "{'spec':{'minReadySeconds':9},'metadata':{'labels':{'a':'b'}},'status':{'selector':'app=web'}}")
                .ok();

        assertThat(object.path("status").path("selector").asText()).isEqualTo("app=web");
        assertThat(object.path("spec").has("minReadySeconds")).isFalse();
        assertThat(object.path("metadata").path("labels").has("a")).isFalse();
        assertThat(generation(object)).isEqualTo(before);
        assertThat(entryOf(object, "simulator").path("subresource").asText()).isEqualTo("status");
    }

    @Test
    void generationCountsChangesOfTheSpec() {
        String path = rollout();
        long before = generation(api.get(path).ok());

        assertThat(generation(api.merge(path, "{'metadata':{'annotations':{'a':'b'}}}")
                        .ok()))
                .isEqualTo(before);
        assertThat(generation(api.merge(path, "{'spec':{'minReadySeconds':3}}").ok()))
                .isEqualTo(before + 1);
    }

    @Test
    void scaleOfARolloutReadsAndWritesItsReplicas() {
        String path = rollout();
        long before = generation(api.get(path).ok());

        JsonNode scale = api.get(path + "/scale").ok();
        assertThat(scale.path("kind").asText()).isEqualTo("Scale");
        assertThat(scale.path("apiVersion").asText()).isEqualTo("autoscaling/v1");
        assertThat(scale.path("spec").path("replicas").asInt()).isEqualTo(5);

        JsonNode patched = api.merge(path + "/scale?fieldManager=autoscaler", "{'spec':{'replicas':7}}")
                .ok();
        assertThat(patched.path("kind").asText()).isEqualTo("Scale");
        JsonNode object = api.get(path).ok();
        assertThat(object.path("spec").path("replicas").asInt()).isEqualTo(7);
        assertThat(generation(object)).isEqualTo(before + 1);
        assertThat(entryOf(object, "autoscaler").path("subresource").asText()).isEqualTo("scale");
        assertThat(entryOf(object, "autoscaler").path("fieldsV1").path("f:spec").has("f:replicas"))
                .isTrue();
        assertThat(entryOf(object, "autoscaler").has("time"))
                .as("a scale write is not dated")
                .isFalse();

        api.merge(path, "{'spec':{'minReadySeconds':3}}").ok();
        api.merge(path + "/scale?fieldManager=autoscaler", "{'spec':{'replicas':6}}")
                .ok();
        assertThat(entryOf(api.get(path).ok(), "autoscaler").has("time")).isFalse();
    }

    @Test
    void putOfAScaleWithAStaleVersionIsRejected() {
        String path = replicaSet();
        ObjectNode scale = (ObjectNode) api.get(path + "/scale").ok();
        api.merge(path, "{'metadata':{'annotations':{'a':'b'}}}").ok();

        api.put(path + "/scale", scale).refused(409);

        assertThat(putFresh(path + "/scale").code()).isEqualTo(200);
    }

    /** Read anew where a ReplicaSet controller wrote its status in between. */
    private static Reply putFresh(String scalePath) {
        Reply reply = new Reply(409, JsonNodeFactory.instance.objectNode(), List.of());
        for (int attempt = 0; reply.code() == 409 && attempt < 10; attempt++) {
            ObjectNode fresh = (ObjectNode) api.get(scalePath).ok();
            fresh.withObject("/spec").put("replicas", 0);
            reply = api.put(scalePath, fresh);
        }
        return reply;
    }

    @Test
    void negativeScaleIsRejected() {
        JsonNode status =
                api.merge(replicaSet() + "/scale", "{'spec':{'replicas':-1}}").refused(422);

        assertThat(status.path("details").path("causes").path(0).path("field").asText())
                .isEqualTo("spec.replicas");
    }

    @Test
    void podIsBoundThroughItsBindingOnce() {
        String name = uniqueName();
        api.create("/api/v1/namespaces/" + namespace + "/serviceaccounts", ACCOUNT);
        api.create(
                        in(PODS),
                        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name
                                + "'},'spec':{'serviceAccountName':'nobody','schedulerName':'nobody','containers':[{"
                                + "'name':'app','image':'registry.k8s.io/pause:3.10'}]}}")
                .ok();
        String binding = "{'apiVersion':'v1','kind':'Binding','metadata':{'name':'" + name
                + "'},'target':{'apiVersion':'v1','kind':'Node','name':'nowhere'}}";

        api.create(in(PODS) + "/" + name + "/binding", binding).ok();

        assertThat(api.get(in(PODS) + "/" + name)
                        .ok()
                        .path("spec")
                        .path("nodeName")
                        .asText())
                .isEqualTo("nowhere");
        assertThat(api.create(in(PODS) + "/" + name + "/binding", binding)
                        .refused(409)
                        .path("message")
                        .asText())
                .contains("pod " + name + " is already assigned to node \"nowhere\"");
        api.delete(in(PODS) + "/" + name, "{'gracePeriodSeconds':0}").ok();
    }

    @Test
    void kindWithoutScaleHasNoSuchPath() {
        String name = uniqueName();
        api.create(in(CONFIG_MAPS), configMap(name, "{}")).ok();

        assertThat(api.get(in(CONFIG_MAPS) + "/" + name + "/scale").code()).isEqualTo(404);
    }
}
