package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The status and scale doors, and what each lets through. */
class SubresourcesContractTest extends ClusterContract {

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
    }

    @Test
    void putOfAScaleWithAStaleVersionIsRefused() {
        String path = replicaSet();
        ObjectNode scale = (ObjectNode) api.get(path + "/scale").ok();
        api.merge(path, "{'metadata':{'annotations':{'a':'b'}}}").ok();

        api.put(path + "/scale", scale).refused(409);

        ObjectNode fresh = (ObjectNode) api.get(path + "/scale").ok();
        fresh.withObject("/spec").put("replicas", 0);
        api.put(path + "/scale", fresh).ok();
    }

    @Test
    void negativeScaleIsRefused() {
        JsonNode status =
                api.merge(replicaSet() + "/scale", "{'spec':{'replicas':-1}}").refused(422);

        assertThat(status.path("details").path("causes").path(0).path("field").asText())
                .isEqualTo("spec.replicas");
    }

    @Test
    void kindWithoutScaleHasNoSuchPath() {
        String name = uniqueName();
        api.create(in(CONFIG_MAPS), configMap(name, "{}")).ok();

        assertThat(api.get(in(CONFIG_MAPS) + "/" + name + "/scale").code()).isEqualTo(404);
    }
}
