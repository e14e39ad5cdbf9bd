package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which sources the table of {@code status} does not have yet. */
class StatusStageTest {

    private final StatusStage status = new StatusStage();

    @Test
    void beforeTheFirstPassNoSourceIsRead() {
        assertThat(unread()).containsExactly("shop", "pay");
    }

    @Test
    void aSourceIsReadOnceAPassHadItsDefinitions() {
        status.keep(pass(Set.of("shop", "pay")));
        assertThat(unread()).containsExactly("shop", "pay");
        status.keep(pass(Set.of("pay")));
        assertThat(unread()).containsExactly("pay");
        status.keep(pass(Set.of()));
        assertThat(unread()).isEmpty();
    }

    private List<String> unread() {
        return status.standing(
                        Duration.ofMinutes(5), () -> LoopState.NONE, () -> List.of(health("shop"), health("pay")))
                .unread();
    }

    private static SourceHealth health(String source) {
        return new SourceHealth(
                source,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Pass pass(Set<String> unread) {
        return Pass.begin(
                new Definitions(List.of(), unread),
                new DesiredState(Instant.EPOCH, new TreeMap<>(), new TreeSet<>()),
                Diagnoses.NONE);
    }
}
