package io.tidewatch.loop.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** An API server answered a write and died before its watch told of it: the same was sent again, and called unwritten. */
class SupersededVersionsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T14:39:00Z");

    private final SupersededVersions written = new SupersededVersions();

    @Test
    void aVersionThatOurWriteReplacedIsNotWrittenUponAgain() {
        written.record(lower("search", "100"), new Outcome.Done(lower("search", "100"), NOW, "101"));

        assertThat(written.isOld(lower("search", "100"))).isTrue();
        assertThat(written.isOld(lower("search", "101"))).isFalse();
        assertThat(written.isOld(lower("cart", "100"))).isFalse();
    }

    @Test
    void whatChangedNothingOrWasNotAnsweredMayBeSentAgain() {
        written.record(lower("search", "100"), new Outcome.Done(lower("search", "100"), NOW, "100"));
        written.record(
                lower("cart", "100"), new Outcome.Unavailable(lower("cart", "100"), NOW, false, "Connection refused"));

        assertThat(written.isOld(lower("search", "100"))).isFalse();
        assertThat(written.isOld(lower("cart", "100"))).isFalse();
    }

    private static Action lower(String name, String version) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target("shop", name),
                new Action.Version("uid-" + name, version),
                OptionalInt.of(7),
                5,
                Optional.empty(),
                Map.of(),
                false,
                "window ends");
    }
}
