package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldPathTest {

    private static final long SEED = 20261130;

    private static final List<String> NAMES = List.of("spec", "template", "containers", "env", "ports", "volumeMounts");

    private static final List<String> ITEMS =
            List.of("[app]", "[0]", "[A.B]", "[8080/TCP]", "[/var/run/a.b]", "[x[1]]");

    /** A label may hold dots, slashes and brackets. */
    @Test
    void aPathIsReadBackAsItWasWritten() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            List<String> path = new ArrayList<>();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                path.add(NAMES.get(random.nextInt(NAMES.size())));
                if (random.nextBoolean()) {
                    path.add(ITEMS.get(random.nextInt(ITEMS.size())));
                }
            }

            assertThat(FieldPath.segments(FieldPath.text(path))).isEqualTo(path);
        }
    }

    @Test
    void labelsComeFromTheKeysOfManagedFields() {
        assertThat(KeyedLists.label("k:{\"name\":\"app\"}")).isEqualTo("app");
        assertThat(KeyedLists.label("k:{\"containerPort\":8080,\"protocol\":\"TCP\"}"))
                .isEqualTo("8080/TCP");
        assertThat(KeyedLists.label("k:{\"mountPath\":\"/a\\\"b:{1}\"}")).isEqualTo("/a\"b:{1}");
    }
}
