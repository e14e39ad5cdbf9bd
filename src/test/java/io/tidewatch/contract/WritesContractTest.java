package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Writes that change nothing, writes to a state that is gone, writes that are only tried. */
class WritesContractTest extends ClusterContract {

    private JsonNode created(String name, String data) {
        return api.create(in(CONFIG_MAPS), configMap(name, data)).ok();
    }

    private String path(String name) {
        return in(CONFIG_MAPS) + "/" + name;
    }

    @Test
    void createdObjectHasTheServersMetadata() {
        JsonNode object = created(uniqueName(), "{'a':'1'}");

        assertThat(uid(object)).hasSize(36);
        assertThat(version(object)).matches("\\d+");
        assertThat(object.path("metadata").path("creationTimestamp").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(object.path("metadata").path("namespace").asText()).isEqualTo(namespace);
    }

    @Test
    void generatedNameBeginsAsRequested() {
        JsonNode object = api.create(
                        in(CONFIG_MAPS), "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'generateName':'night-'}}")
                .ok();

        assertThat(object.path("metadata").path("name").asText()).matches("night-[a-z0-9]{5}");
    }

    @Test
    void secondCreateIsRejected() {
        String name = uniqueName();
        created(name, "{}");

        JsonNode status = api.create(in(CONFIG_MAPS), configMap(name, "{}")).refused(409);

        assertThat(status.path("reason").asText()).isEqualTo("AlreadyExists");
        assertThat(status.path("details").path("name").asText()).isEqualTo(name);
    }

    @Test
    void missingObjectIsNamed() {
        JsonNode status = api.get(path("nobody")).refused(404);

        assertThat(status.path("reason").asText()).isEqualTo("NotFound");
        assertThat(status.path("message").asText()).isEqualTo("configmaps \"nobody\" not found");
    }

    @Test
    void missingNamespaceIsNamed() {
        JsonNode status = api.create("/api/v1/namespaces/tidewatch-nowhere/configmaps", configMap("a", "{}"))
                .refused(404);

        assertThat(status.path("message").asText()).isEqualTo("namespaces \"tidewatch-nowhere\" not found");
    }

    @Test
    void patchThatChangesNothingLeavesTheResourceVersion() {
        String name = uniqueName();
        String before = version(created(name, "{'a':'1'}"));

        assertThat(version(api.merge(path(name), "{'data':{'a':'1'}}").ok())).isEqualTo(before);
        assertThat(version(api.put(path(name), api.get(path(name)).ok()).ok())).isEqualTo(before);
    }

    @Test
    void secondApplyOfTheSameLeavesTheResourceVersion() {
        String name = uniqueName();
        String before = version(
                api.apply(path(name), "tidewatch", configMap(name, "{'a':'1'}")).ok());

        assertThat(version(api.apply(path(name), "tidewatch", configMap(name, "{'a':'1'}"))
                        .ok()))
                .isEqualTo(before);
    }

    @Test
    void resourceVersionGrowsWithEveryChange() {
        String name = uniqueName();
        long before = Long.parseLong(version(created(name, "{'a':'1'}")));
        long after = Long.parseLong(
                version(api.merge(path(name), "{'data':{'a':'2'}}").ok()));

        assertThat(after).isGreaterThan(before);
    }

    @Test
    void staleResourceVersionIsRejectedOnPutAndOnMergePatch() {
        String name = uniqueName();
        ObjectNode old = (ObjectNode) created(name, "{'a':'1'}");
        api.merge(path(name), "{'data':{'a':'2'}}").ok();

        JsonNode onPut = api.put(path(name), old).refused(409);
        JsonNode onPatch = api.merge(
                        path(name), "{'metadata':{'resourceVersion':'" + version(old) + "'},'data':{'a':'3'}}")
                .refused(409);

        assertThat(onPut.path("reason").asText()).isEqualTo("Conflict");
        assertThat(onPut.path("message").asText())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"" + name + "\": the object has been modified;"
                        + " please apply your changes to the latest version and try again");
        assertThat(onPatch.path("message")).isEqualTo(onPut.path("message"));
        assertThat(api.get(path(name)).ok().path("data").path("a").asText()).isEqualTo("2");
    }

    @Test
    void failingTestOfAJsonPatchRejectsTheWholePatch() {
        String name = uniqueName();
        created(name, "{'a':'1'}");

        api.jsonPatch(
                        path(name),
                        "[{'op':'replace','path':'/data/a','value':'2'},{'op':'test','path':'/data/a','value':'1'}]")
                .refused(422);

        assertThat(api.get(path(name)).ok().path("data").path("a").asText()).isEqualTo("1");
        api.jsonPatch(
                        path(name),
                        "[{'op':'test','path':'/data/a','value':'1'},{'op':'replace','path':'/data/a','value':'2'}]")
                .ok();
        assertThat(api.get(path(name)).ok().path("data").path("a").asText()).isEqualTo("2");
    }

    @Test
    void dryRunAnswersWhatWouldBeAndKeepsNothing() {
        String name = uniqueName();
        api.create(in(CONFIG_MAPS) + "?dryRun=All", configMap(name, "{'a':'1'}"))
                .ok();
        api.get(path(name)).refused(404);
        String before = version(created(name, "{'a':'1'}"));

        JsonNode would =
                api.merge(path(name) + "?dryRun=All", "{'data':{'a':'2'}}").ok();
        api.send(
                        "PATCH",
                        path(name) + "?dryRun=All&fieldManager=tidewatch&force=true",
                        "application/apply-patch+yaml",
                        configMap(name, "{'a':'3'}"))
                .ok();
        api.delete(path(name), "{'dryRun':['All']}").ok();

        assertThat(would.path("data").path("a").asText()).isEqualTo("2");
        JsonNode now = api.get(path(name)).ok();
        assertThat(now.path("data").path("a").asText()).isEqualTo("1");
        assertThat(version(now)).isEqualTo(before);
    }

    @Test
    void dryRunOfAnApplySaysTheConflict() {
        String name = uniqueName();
        api.apply(path(name), "argocd", configMap(name, "{'a':'1'}")).ok();

        api.send(
                        "PATCH",
                        path(name) + "?dryRun=All&fieldManager=tidewatch",
                        "application/apply-patch+yaml",
                        configMap(name, "{'a':'2'}"))
                .refused(409);
    }

    @Test
    void deletionOfAnotherIncarnationIsRejected() {
        String name = uniqueName();
        created(name, "{}");

        api.delete(path(name), "{'preconditions':{'uid':'11111111-2222-3333-4444-555555555555'}}")
                .refused(409);
        api.delete(path(name), "{}").ok();
        api.get(path(name)).refused(404);
    }

    @Test
    void finalizerHoldsAnObjectUntilItIsRemoved() {
        String name = uniqueName();
        created(name, "{}");
        api.merge(path(name), "{'metadata':{'finalizers':['tidewatch.io/test']}}")
                .ok();

        api.delete(path(name), "{}").ok();
        JsonNode dying = api.get(path(name)).ok();
        assertThat(dying.path("metadata").path("deletionTimestamp").asText()).isNotEmpty();

        api.merge(path(name), "{'metadata':{'finalizers':null}}").ok();
        api.get(path(name)).refused(404);
    }
}
