package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WriteSharesTest {

    @Test
    void whileNoWriteWaitsEventsMayUseAllAndDryRunsAQuarter() {
        WriteShares shares = new WriteShares(20);

        assertThat(shares.events(false)).isEqualTo(20);
        assertThat(shares.dryRuns(false)).isEqualTo(5);
    }

    @Test
    void whileWritesWaitBothHaveATenth() {
        WriteShares shares = new WriteShares(20);

        assertThat(shares.events(true)).isEqualTo(2);
        assertThat(shares.dryRuns(true)).isEqualTo(2);
    }

    @Test
    void noShareIsZero() {
        WriteShares shares = new WriteShares(1);

        assertThat(shares.events(true)).isEqualTo(1);
        assertThat(shares.dryRuns(true)).isEqualTo(1);
        assertThat(shares.dryRuns(false)).isEqualTo(1);
    }
}
