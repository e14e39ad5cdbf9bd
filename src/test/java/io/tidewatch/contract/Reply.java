package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An answer of the API server: its code, its body and its Warning headers. */
record Reply(int code, JsonNode body, List<String> warnings) {

    Reply {
        warnings = List.copyOf(warnings);
    }

    /** The body, once the code is one of success. */
    JsonNode ok() {
        assertThat(code).as(body.path("message").asText()).isBetween(200, 299);
        return body;
    }

    /** The Status, once the code is the expected refusal. */
    JsonNode refused(int expected) {
        assertThat(code).as(body.toString()).isEqualTo(expected);
        assertThat(body.path("kind").asText()).isEqualTo("Status");
        assertThat(body.path("status").asText()).isEqualTo("Failure");
        assertThat(body.path("code").asInt()).isEqualTo(expected);
        return body;
    }
}
