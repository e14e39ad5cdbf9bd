package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What a handler answers: a code and a JSON body. */
record Answer(int code, JsonNode body) {

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
