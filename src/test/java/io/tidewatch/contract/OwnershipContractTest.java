package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-side apply on a ScaledObject: who owns minReplicaCount, and what that means for the others. */
class OwnershipContractTest extends ClusterContract {

    private String name;
    private String path;

    @BeforeEach
    void scaledObjectOfAnother() {
        requireScaledObjects();
        name = uniqueName();
        path = in(SCALED_OBJECTS) + "/" + name;
        api.apply(path, "argocd", scaledObject(name, "'minReplicaCount':5,'maxReplicaCount':20"))
                .ok();
    }

    private String minimumOnly(int minimum) {
        return "{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject','metadata':{'name':'" + name
                + "'},'spec':{'minReplicaCount':" + minimum + "}}";
    }

    private JsonNode spec() {
        return api.get(path).ok().path("spec");
    }

    @Test
    void applyCreatesWhatIsMissingAndOwnsItsLeaves() {
        JsonNode entry = entryOf(api.get(path).ok(), "argocd");

        assertThat(entry.path("operation").asText()).isEqualTo("Apply");
        assertThat(entry.path("apiVersion").asText()).isEqualTo("keda.sh/v1alpha1");
        assertThat(entry.path("fieldsType").asText()).isEqualTo("FieldsV1");
        assertThat(entry.path("time").asText()).isNotEmpty();
        JsonNode spec = entry.path("fieldsV1").path("f:spec");
        assertThat(spec.path("f:minReplicaCount").isObject()).isTrue();
        assertThat(spec.path("f:scaleTargetRef").path("f:name").isObject()).isTrue();
        assertThat(spec.path("f:triggers"))
                .as("a list without list type is one field")
                .isEmpty();
    }

    @Test
    void anothersFieldIsRejectedByNameAndPath() {
        JsonNode status = api.apply(path, "tidewatch", minimumOnly(7)).refused(409);

        assertThat(status.path("reason").asText()).isEqualTo("Conflict");
        assertThat(status.path("message").asText())
                .contains("conflict with \"argocd\"")
                .contains(".spec.minReplicaCount");
        JsonNode cause = status.path("details").path("causes").path(0);
        assertThat(cause.path("reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(cause.path("message").asText()).isEqualTo("conflict with \"argocd\"");
        assertThat(cause.path("field").asText()).isEqualTo(".spec.minReplicaCount");
        assertThat(spec().path("minReplicaCount").asInt()).isEqualTo(5);
    }

    @Test
    void forceTakesTheFieldAndLeavesTheRest() {
        JsonNode object = api.forceApply(path, "tidewatch", minimumOnly(7)).ok();

        assertThat(object.path("spec").path("minReplicaCount").asInt()).isEqualTo(7);
        JsonNode theirs = entryOf(object, "argocd").path("fieldsV1").path("f:spec");
        assertThat(theirs.has("f:minReplicaCount")).isFalse();
        assertThat(theirs.has("f:maxReplicaCount")).isTrue();
        assertThat(entryOf(object, "tidewatch").path("fieldsV1").path("f:spec").has("f:minReplicaCount"))
                .isTrue();
        api.apply(path, "argocd", scaledObject(name, "'minReplicaCount':5,'maxReplicaCount':20"))
                .refused(409);
    }

    @Test
    void sameValueIsSharedWithoutConflict() {
        JsonNode object = api.apply(path, "tidewatch", minimumOnly(5)).ok();

        assertThat(entryOf(object, "argocd").path("fieldsV1").path("f:spec").has("f:minReplicaCount"))
                .isTrue();
        assertThat(entryOf(object, "tidewatch").path("fieldsV1").path("f:spec").has("f:minReplicaCount"))
                .isTrue();
    }

    @Test
    void soleOwnerThatLeavesAFieldOutRemovesIt() {
        api.apply(path, "argocd", scaledObject(name, "'maxReplicaCount':20")).ok();

        assertThat(spec().has("minReplicaCount")).isFalse();
        assertThat(spec().path("maxReplicaCount").asInt()).isEqualTo(20);
    }

    @Test
    void sharedFieldStaysWhenOneOwnerLeavesItOut() {
        api.apply(path, "tidewatch", minimumOnly(5)).ok();
        api.apply(path, "argocd", scaledObject(name, "'maxReplicaCount':20")).ok();

        assertThat(spec().path("minReplicaCount").asInt()).isEqualTo(5);
    }

    @Test
    void mergePatchTakesTheFieldSilentlyAndTheNextApplyConflicts() {
        JsonNode object = api.merge(path + "?fieldManager=kubectl-edit", "{'spec':{'minReplicaCount':9}}")
                .ok();

        assertThat(entryOf(object, "kubectl-edit").path("operation").asText()).isEqualTo("Update");
        assertThat(entryOf(object, "argocd").path("fieldsV1").path("f:spec").has("f:minReplicaCount"))
                .isFalse();
        JsonNode status = api.apply(path, "argocd", scaledObject(name, "'minReplicaCount':5,'maxReplicaCount':20"))
                .refused(409);
        assertThat(status.path("details").path("causes").path(0).path("message").asText())
                .isEqualTo("conflict with \"kubectl-edit\" using keda.sh/v1alpha1");
    }

    @Test
    void applyNeedsAFieldManager() {
        assertThat(api.send("PATCH", path, "application/apply-patch+yaml", minimumOnly(7))
                        .code())
                .isBetween(400, 422);
    }

    @Test
    void applyWithAStaleResourceVersionIsRejected() {
        String old = version(api.get(path).ok());
        api.merge(path, "{'spec':{'pollingInterval':17}}").ok();
        String config = minimumOnly(5).replace("'name':'", "'resourceVersion':'" + old + "','name':'");

        JsonNode status = api.apply(path, "tidewatch", config).refused(409);

        assertThat(status.path("message").asText()).contains("the object has been modified");
        assertThat(status.path("details").path("causes")).isEmpty();
    }

    @Test
    void applyWithTheUidOfAMissingObjectDoesNotReviveIt() {
        String missing = uniqueName();
        String config = scaledObject(missing, "'minReplicaCount':5")
                .replaceFirst("'name':'", "'uid':'11111111-2222-3333-4444-555555555555','name':'");

        JsonNode status = api.apply(in(SCALED_OBJECTS) + "/" + missing, "tidewatch", config)
                .refused(409);

        assertThat(status.path("message").asText()).contains("uid mismatch");
        api.get(in(SCALED_OBJECTS) + "/" + missing).refused(404);
    }

    @Test
    void applyWithTheUidOfAnotherObjectIsRejected() {
        String config = minimumOnly(5).replace("'name':'", "'uid':'11111111-2222-3333-4444-555555555555','name':'");

        assertThat(api.apply(path, "tidewatch", config).code()).isIn(409, 422);
    }
}
