package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.DesiredState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SliceLengthTest {

    private static Optional<Instant> edge(Instant... edges) {
        return SliceLength.edge(new DesiredState(GivenWrites.NOW, new TreeMap<>(), new TreeSet<>(List.of(edges))));
    }

    @Test
    void theFirstEdgeAfterThePassBeganEndsTheSlice() {
        Instant now = GivenWrites.NOW;

        assertThat(edge(now, now.plusMillis(300), now.plusSeconds(9))).contains(now.plusMillis(300));
        assertThat(edge(now)).isEmpty();
    }

    @Test
    void theLengthEndsAtTheEdgeWithinItsBounds() {
        assertThat(SliceLength.until(Optional.empty())).isEqualTo(SliceLength.LONGEST);
        assertThat(SliceLength.until(Optional.of(Duration.ofDays(1)))).isEqualTo(SliceLength.LONGEST);
        assertThat(SliceLength.until(Optional.of(Duration.ofSeconds(1)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(SliceLength.until(Optional.of(Duration.ofSeconds(-9)))).isEqualTo(SliceLength.SHORTEST);
    }
}
