package io.tidewatch.playground.api;

import static io.tidewatch.playground.api.RandomObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final Schema SCHEMA = Schema.parse("""
            # a comment
            spec!.min integer
            spec!.target!.name! string
            spec!.triggers.[].type! string
            spec!.triggers.[].metadata open
            """);

    @Test
    void declaredFieldsOfTheRightTypeAreFine() {
        assertThat(SCHEMA.violations(json(
                        "{'spec':{'min':5,'target':{'name':'web'},'triggers':[{'type':'cpu','metadata':{'a':1}}]}}")))
                .isEmpty();
    }

    @Test
    void missingRequiredFieldsAreNamedByPath() {
        assertThat(SCHEMA.violations(json("{'spec':{'target':{},'triggers':[{'type':'cpu'},{}]}}")))
                .extracting(ApiFailure.Cause::field)
                .containsExactly("spec.target.name", "spec.triggers[1].type");
    }

    @Test
    void wrongTypesNameWhatWasFound() {
        assertThat(SCHEMA.violations(json("{'spec':{'min':'5','target':{'name':'web'},'triggers':{}}}")))
                .extracting(ApiFailure.Cause::message)
                .containsExactly(
                        "Invalid value: \"string\": spec.min in body must be of type integer: \"string\"",
                        "Invalid value: \"object\": spec.triggers in body must be of type array: \"object\"");
    }

    @Test
    void unknownFieldsAreFoundAndPruned() {
        ObjectNode object = (ObjectNode)
                json("{'kind':'K','metadata':{'any':1},'spec':{'x':1,'triggers':[{'type':'cpu','y':2}]},'z':3}");

        assertThat(SCHEMA.unknownFields(object)).containsExactly("z", "spec.x", "spec.triggers[0].y");
        assertThat(SCHEMA.pruned(object))
                .isEqualTo(json("{'kind':'K','metadata':{'any':1},'spec':{'triggers':[{'type':'cpu'}]}}"));
    }
}
