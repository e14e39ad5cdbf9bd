package io.tidewatch.playground.api;

import static io.tidewatch.playground.api.RandomObjects.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {

    /** The examples of RFC 7396, appendix A, whose target is an object. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void mergePatch(String target, String patch, String result) {
        assertThat(Patch.merge((ObjectNode) json(target), json(patch))).isEqualTo(json(result));
    }

    @Test
    void failingTestRejectsTheWholeJsonPatchWith422() {
        ObjectNode object = (ObjectNode) json("{'a':1}");

        assertThatThrownBy(() -> Patch.json(
                        object, json("[{'op':'replace','path':'/a','value':2},{'op':'test','path':'/a','value':1}]")))
                .isInstanceOfSatisfying(
                        ApiFailure.class, refusal -> assertThat(refusal.code()).isEqualTo(422));
        assertThat(object).isEqualTo(json("{'a':1}"));
    }

    @Test
    void removalOfWhatIsNotThereIsRejected() {
        assertThatThrownBy(() -> Patch.json((ObjectNode) json("{}"), json("[{'op':'remove','path':'/a'}]")))
                .isInstanceOf(ApiFailure.class);
    }

    @Test
    void strategicPatchMergesKeyedListsAndDeletesItems() {
        FieldShape shape = FieldShape.of(List.of("spec.containers[name]"));

        assertThat(Patch.strategic(
                        (ObjectNode) json("{'spec':{'containers':[{'name':'app','image':'a:1'},{'name':'old'}]}}"),
                        json("{'spec':{'containers':[{'name':'app','image':'a:2'},{'name':'old','$patch':'delete'}]}}"),
                        shape))
                .isEqualTo(json("{'spec':{'containers':[{'name':'app','image':'a:2'}]}}"));
    }
}
