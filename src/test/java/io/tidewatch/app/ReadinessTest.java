package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.SourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Instant NIGHT = Instant.parse("2026-11-22T13:30:00Z");

    private LoopState loop = LoopState.NONE;
    private final List<SourceHealth> sources = new ArrayList<>();
    private Optional<String> standstill = Optional.empty();
    private final Readiness readiness = new Readiness(() -> loop, () -> List.copyOf(sources), () -> standstill);
    private int passes;

    /** The kubelet asks every ten seconds, and after the first pass the next one may be minutes away. */
    @Test
    void aPassThatEndedBeforeAnybodyAskedCounts() {
        source("shop", Optional.of("810de44"), Optional.empty());
        pass();

        assertThat(readiness.notReady()).isEmpty();
    }

    @Test
    void aPassThatBeganBeforeTheSourceWasReadDoesNot() {
        source("shop", Optional.empty(), Optional.empty());
        assertThat(readiness.notReady()).contains("source shop has not been read yet");
        begin();
        source("shop", Optional.of("810de44"), Optional.empty());
        end();
        assertThat(readiness.notReady()).contains("no pass has ended yet");

        begin();
        assertThat(readiness.notReady()).contains("no pass has ended yet");
        end();
        assertThat(readiness.notReady()).isEmpty();
    }

    /** No pass is requested by the trouble of a source. */
    @Test
    void aSourceThatFailsAfterThePassOfTheOthersNeedsNone() {
        source("shop", Optional.of("810de44"), Optional.empty());
        source("away", Optional.empty(), Optional.empty());
        pass();
        assertThat(readiness.notReady()).contains("source away has not been read yet");

        source("away", Optional.empty(), Optional.of("no such host"));
        assertThat(readiness.notReady()).isEmpty();
    }

    @Test
    void withoutASourceThatWasReadItIsNotReady() {
        source("away", Optional.empty(), Optional.of("no such host"));
        pass();

        assertThat(readiness.notReady()).contains("no source has been read yet");
    }

    @Test
    void onceStartedOnlyAStandstillCounts() {
        pass();
        assertThat(readiness.notReady()).as("no source is configured").isEmpty();

        source("shop", Optional.empty(), Optional.empty());
        assertThat(readiness.notReady()).isEmpty();
        standstill = Optional.of("stands still");
        assertThat(readiness.notReady()).contains("stands still");
    }

    private void source(String name, Optional<String> commit, Optional<String> trouble) {
        sources.removeIf(known -> known.source().equals(name));
        sources.add(new SourceHealth(name, Optional.of(NIGHT), Optional.of(NIGHT), NIGHT, commit, commit, trouble));
    }

    private void pass() {
        begin();
        end();
    }

    private void begin() {
        readiness.passBegins();
        loop = loop.begun(NIGHT.plusSeconds(passes), "pass");
    }

    private void end() {
        passes++;
        loop = loop.ended(NIGHT.plusSeconds(passes), Duration.ofMillis(5));
    }
}
