package io.tidewatch.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where these programs are missing, tests of the chart are skipped: in the second tier that is a failure. */
@Tag("full")
class ToolsTest {

    @Test
    void helmIsInstalled() {
        assertThat(Tool.find("helm")).isPresent();
        assertThat(Tool.find("helm")
                        .orElseThrow()
                        .run(List.of("version", "--short"))
                        .said())
                .startsWith("v3.");
    }

    @Test
    void promtoolIsInstalled() {
        assertThat(Tool.find("promtool")).isPresent();
    }
}
