package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ScaledObject's schema refuses, and where the refusal points. */
class ValidationContractTest extends ClusterContract {

    private String name;
    private String path;

    @BeforeEach
    void scaledObject() {
        requireScaledObjects();
        name = uniqueName();
        path = in(SCALED_OBJECTS) + "/" + name;
        api.create(in(SCALED_OBJECTS), scaledObject(name, "'minReplicaCount':5,'maxReplicaCount':20"))
                .ok();
    }

    private static JsonNode firstCause(JsonNode status) {
        return status.path("details").path("causes").path(0);
    }

    @Test
    void minimumAboveMaximumIsRejectedSinceKeda220() {
        JsonNode status = api.merge(path, "{'spec':{'minReplicaCount':21}}").refused(422);

        assertThat(status.path("reason").asText()).isEqualTo("Invalid");
        assertThat(firstCause(status).path("field").asText()).isEqualTo("spec");
        assertThat(firstCause(status).path("message").asText())
                .contains("minReplicaCount must be less than or equal to maxReplicaCount");
    }

    @Test
    void absentMaximumCountsAsAHundred() {
        api.merge(path, "{'spec':{'maxReplicaCount':null,'minReplicaCount':100}}")
                .ok();
        api.merge(path, "{'spec':{'minReplicaCount':101}}").refused(422);
    }

    @Test
    void wrongTypeNamesTheField() {
        JsonNode status =
                api.merge(path, "{'spec':{'minReplicaCount':'seven'}}").refused(422);

        assertThat(firstCause(status).path("field").asText()).isEqualTo("spec.minReplicaCount");
        assertThat(status.path("message").asText()).contains("must be of type integer");
    }

    @Test
    void missingRequiredFieldIsNamed() {
        JsonNode status = api.create(
                        in(SCALED_OBJECTS),
                        "{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject','metadata':{'name':'" + uniqueName()
                                + "'},'spec':{'scaleTargetRef':{'name':'nobody'}}}")
                .refused(422);

        assertThat(firstCause(status).path("field").asText()).isEqualTo("spec.triggers");
        assertThat(firstCause(status).path("reason").asText()).isEqualTo("FieldValueRequired");
    }

    @Test
    void unknownFieldOfAnApplyIsAServerError() {
        JsonNode status = api.apply(
                        path,
                        "tidewatch",
                        "{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject','metadata':{'name':'" + name
                                + "'},'spec':{'minReplicas':5}}")
                .refused(500);

        assertThat(status.path("message").asText()).contains(".spec.minReplicas: field not declared in schema");
    }

    @Test
    void unknownFieldOfAMergePatchIsDroppedUnlessStrict() {
        Reply dropped = api.merge(path, "{'spec':{'minReplicas':5}}");
        assertThat(dropped.ok().path("spec").has("minReplicas")).isFalse();
        assertThat(dropped.warnings()).anyMatch(warning -> warning.contains("unknown field"));

        JsonNode status = api.merge(path + "?fieldValidation=Strict", "{'spec':{'minReplicas':5}}")
                .refused(422);
        assertThat(status.path("message").asText()).contains("unknown field \"spec.minReplicas\"");
    }

    @Test
    void unknownFieldOfACreateIsRejectedWhenStrict() {
        JsonNode status = api.create(
                        in(SCALED_OBJECTS) + "?fieldValidation=Strict", scaledObject(uniqueName(), "'minReplicas':5"))
                .refused(400);

        assertThat(status.path("message").asText()).contains("unknown field \"spec.minReplicas\"");
    }
}
