package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a handler answers.
 *
 * @param warnings sent in {@code Warning} headers with a success
 */
record Answer(int code, JsonNode body, List<String> warnings) {

    Answer {
        warnings = List.copyOf(warnings);
    }

    Answer(int code, JsonNode body) {
        this(code, body, List.of());
    }

    Answer warning(List<String> said) {
        return new Answer(code, body, said);
    }

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer of(ObjectWriter.Written written) {
        return new Answer(written.created() ? 201 : 200, written.object());
    }

    static Answer of(ApiFailure failure) {
        return new Answer(failure.code(), failure.status());
    }
}
