package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A field of a Rollout that a remedy sets by a merge patch, beside the applies of the same field manager: neither touches what the
 * other owns, and the removal leaves the object as it was.
 */
class RemediesContractTest extends ClusterContract {

    private static final String MERGE = "application/merge-patch+json";

    private String name;
    private String path;

    @BeforeEach
    void rollout() {
        requireRollouts();
        name = uniqueName();
        path = in(ROLLOUTS) + "/" + name;
    }

    private String manifest(String image) {
        return "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':'" + name
                + "'},'spec':{'replicas':0,'selector':{'matchLabels':{'app':'" + name
                + "'}},'strategy':{'canary':{}},'template':{'metadata':{'labels':{'app':'" + name
                + "'}},'spec':{'containers':[{'name':'app','image':'" + image + "'}]}}}}";
    }

    private JsonNode remedy(String restartAt) {
        return api.send("PATCH", path + "?fieldManager=tidewatch", MERGE, "{'spec':{'restartAt':" + restartAt + "}}")
                .ok();
    }

    @Test
    void anApplyOfTheManifestLeavesTheFieldAndMeetsNoConflict() {
        api.apply(path, "tidewatch", manifest("app:1")).ok();
        remedy("'2026-11-22T17:02:20Z'");

        JsonNode applied = api.apply(path, "tidewatch", manifest("app:2")).ok();

        assertThat(applied.path("spec").path("restartAt").asText()).isEqualTo("2026-11-22T17:02:20Z");
        JsonNode removed = remedy("null");
        assertThat(removed.path("spec").has("restartAt")).isFalse();
        assertThat(removed.path("spec").path("template"))
                .isEqualTo(applied.path("spec").path("template"));
    }

    @Test
    void theRemovalLeavesARolloutOfAnotherAsItWas() {
        JsonNode before = api.apply(path, "argocd", manifest("app:1")).ok();
        JsonNode restarted = remedy("'2026-11-22T17:02:20Z'");
        assertThat(entryOf(restarted, "tidewatch")
                        .path("fieldsV1")
                        .path("f:spec")
                        .has("f:restartAt"))
                .isTrue();

        JsonNode after = remedy("null");

        assertThat(after.path("spec")).isEqualTo(before.path("spec"));
        assertThat(after.path("metadata").path("managedFields").toString()).doesNotContain("\"tidewatch\"");
    }
}
