package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.LeaderState;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TakeoverLossTest {

    private static LeaderState follower(String leader) {
        return new LeaderState(false, "replica-a", Optional.of(leader), OptionalInt.empty(), Optional.empty());
    }

    @Test
    void aReplicaThatFindsAnotherOneSaysWhatATakeoverLoses() {
        assertThat(TakeoverLoss.warning(follower("replica-b"), false).orElseThrow())
                .contains("messages that are not sent yet", "history", "tidewatch.state.jdbcUrl");
    }

    @Test
    void nothingIsLostWhereTheJournalIsShared() {
        assertThat(TakeoverLoss.warning(follower("replica-b"), true)).isEmpty();
    }

    @Test
    void aReplicaThatIsAloneIsNotWarned() {
        assertThat(TakeoverLoss.warning(LeaderState.alone("replica-a"), false)).isEmpty();
        assertThat(TakeoverLoss.warning(follower("replica-a"), false))
                .as("its own Lease")
                .isEmpty();
    }
}
