package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.loop.RunMode;
import org.junit.jupiter.api.Test;

class JournalPartsTest {

    private static final String LONGEST = "n".repeat(63);

    @Test
    void anObserverHasASchemaOfItsOwn() {
        assertThat(JournalParts.schema("night", RunMode.ACT)).isEqualTo("night");
        assertThat(JournalParts.schema("night", RunMode.OBSERVE)).isEqualTo("night-observe");
    }

    /** PostgreSQL cuts longer names, and two would become one. */
    @Test
    void noSchemaHasALongerNameThanPostgresqlKeeps() {
        assertThat(JournalParts.schema(LONGEST, RunMode.OBSERVE)).hasSize(63).endsWith("-observe");
        assertThat(JournalParts.schema(LONGEST, RunMode.ACT)).isEqualTo(LONGEST);
    }
}
