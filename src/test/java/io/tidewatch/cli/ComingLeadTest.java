package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code plan} says of the next raise of a window that learns its lead. */
class ComingLeadTest {

    private static final Path DEFINITIONS = Path.of("src/test/resources/preview/learned-lead/schedule.yaml");
    private static final Path DUMP = Path.of("src/test/resources/preview-dumps/learned-lead.yaml");

    @Test
    void planNamesTheLeadOfEachNextRaise() {
        Typed plan = Typed.of(
                "plan",
                "--definitions",
                DEFINITIONS.toString(),
                "--apply",
                "none",
                "--cluster-state",
                DUMP.toString(),
                "--at",
                "2026-11-22T12:00:00Z");

        assertThat(plan.out().lines().filter(line -> line.contains(" raises from ")))
                .containsExactly(
                        "shop/cart  window peak raises from 2026-11-22T22:23:30+09:00 on (6m30s: p90 of 14 raises until"
                                + " 2026-11-21)",
                        "shop/checkout  window peak raises from 2026-11-22T22:28:00+09:00 on (leadTime 2m: no lead is learned"
                                + " yet)",
                        "shop/search  window peak raises from 2026-11-22T22:20:00+09:00 on (maxLead 10m: p90 of 20 raises"
                                + " until 2026-11-20 is 41m)");
    }
}
