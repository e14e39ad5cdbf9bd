package io.tidewatch.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.view.Mood;
import io.tidewatch.view.tonight.Lane;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Writes view records as JSON: an absent value is null, an instant and a duration as ISO 8601 has them, an enum by its word. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().addModule(values()).build();

    private Json() {}

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("tidewatch");
        text(module, Target.class, Target::toString);
        text(module, Instant.class, Instant::toString);
        text(module, Duration.class, Duration::toString);
        text(module, ZoneId.class, ZoneId::getId);
        text(module, Mood.class, Mood::word);
        text(module, State.class, State::word);
        text(module, Cause.class, Cause::word);
        text(module, Hop.class, Hop::word);
        text(module, Promise.Result.class, Promise.Result::word);
        text(module, Lane.BarKind.class, Lane.BarKind::word);
        text(module, Lane.MarkKind.class, Lane.MarkKind::word);
        module.addSerializer(Optional.class, new JsonSerializer<>() {
            @Override
            @SuppressWarnings("rawtypes")
            public void serialize(Optional value, JsonGenerator json, SerializerProvider types) throws IOException {
                if (value.isPresent()) {
                    types.defaultSerializeValue(value.get(), json);
                } else {
                    json.writeNull();
                }
            }
        });
        module.addSerializer(OptionalInt.class, new JsonSerializer<>() {
            @Override
            public void serialize(OptionalInt value, JsonGenerator json, SerializerProvider types) throws IOException {
                if (value.isPresent()) {
                    json.writeNumber(value.getAsInt());
                } else {
                    json.writeNull();
                }
            }
        });
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> text) {
        module.addSerializer(type, new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider types) throws IOException {
                json.writeString(text.apply(value));
            }
        });
    }
}
