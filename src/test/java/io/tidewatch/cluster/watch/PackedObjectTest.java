package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.observe.Dump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is packed is read as it was. */
class PackedObjectTest {

    @Test
    void everyObjectOfEveryCaseIsTheSameOncePacked() throws IOException {
        List<Map<String, Object>> objects = new ArrayList<>();
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/cases"))) {
            cases.filter(file -> !file.endsWith("expected.yaml"))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .forEach(file -> objects.addAll(
                            Dump.parse(file.toString(), text(file)).objects()));
        }
        assertThat(objects).hasSizeGreaterThan(500).allSatisfy(object -> {
            Map<String, Object> packed = PackedObject.of(object);
            assertThat(packed).isEqualTo(object).hasSameHashCodeAs(object);
            assertThat(packed.keySet()).containsExactlyElementsOf(object.keySet());
        });
    }

    @Test
    void keepsTheTypesOfValues() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("int", 7);
        object.put("long", 7_000_000_000L);
        object.put("huge", new BigInteger("7").pow(40));
        object.put("share", 0.1);
        object.put("flag", true);
        object.put("nothing", null);
        object.put("list", List.of(1, "1", Map.of()));
        object.put("text", "\u00e4\u2028\"\\");

        assertThat(PackedObject.of(object)).containsExactlyEntriesOf(object);
    }

    @Test
    void aFieldIsReadAndNotChanged() {
        Map<String, Object> packed = PackedObject.of(Map.of("kind", "Rollout"));

        assertThat(packed).hasSize(1).containsEntry("kind", "Rollout").doesNotContainKey("spec");
        assertThat(packed.get("spec")).isNull();
        assertThat(packed.isEmpty()).isFalse();
        assertThatThrownBy(() -> packed.put("spec", Map.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(packed::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
