package io.tidewatch.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label selectors as kubectl takes them, of an object with the labels shard=blue and an empty tier. */
class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of("shard", "blue", "tier", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shard=blue",
                "shard==blue",
                " shard = blue , tier= ",
                "shard in (green, blue)",
                "shard in (green,blue),tier",
                "shard notin (green)",
                "other notin (green)",
                "other!=green",
                "shard",
                "!other"
            })
    void selected(String selector) {
        assertThat(new LabelSelector(selector).selects(LABELS)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shard=green",
                "shard!=blue",
                "shard in (green)",
                "shard notin (green,blue)",
                "other",
                "!shard",
                "other=blue",
                "shard=blue,other"
            })
    void notSelected(String selector) {
        assertThat(new LabelSelector(selector).selects(LABELS)).contains(false);
    }

    @Test
    void aSelectorThatCannotBeReadAnswersNothing() {
        assertThat(new LabelSelector("shard in blue").selects(LABELS)).isEmpty();
        assertThat(new LabelSelector("a=b=c").selects(LABELS)).isEmpty();
    }
}
