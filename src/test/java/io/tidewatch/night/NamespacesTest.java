package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which namespaces are watched, and for how long. */
@Execution(ExecutionMode.CONCURRENT)
class NamespacesTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:30:10Z");
    private static final Instant OPENED = Instant.parse("2026-11-22T13:30:00Z");
    private static final String NOTHING = "# nothing\n";

    /** Of the controllers' Deployments. */
    private static final int OTHER_WATCHES = 2;

    private static final int CHAIN = 5;

    @TempDir
    private Path folder;

    private StandingNight opened() {
        StandingNight night = new StandingNight(folder, BEGINS, 1);
        night.commit(
                "a window that is open",
                Map.of("web.yaml", StandingNight.scaledObjects(1), "night.yaml", StandingNight.schedule(OPENED)));
        night.start(20);
        night.await("the minimum", () -> night.targets().minimum("t-1") == 2);
        night.await("all watches", () -> night.wire().openWatches() == OTHER_WATCHES + CHAIN);
        return night;
    }

    private static void removeAll(StandingNight night) {
        night.commit("the end of it", Map.of("web.yaml", NOTHING, "night.yaml", NOTHING));
    }

    @Test
    void oneThatDefinitionsNameNoMoreIsWatchedUntilItsBaselineIsBack() {
        try (StandingNight night = opened()) {
            removeAll(night);
            night.leapTo(night.timeline().instant().plus(Duration.ofMinutes(1)));

            night.await("the baseline", () -> night.targets().minimum("t-1") == 1);
            night.awaitQuiet();
            night.leapTo(night.timeline().instant().plus(Duration.ofMinutes(6)));
            night.await("an end of the watches", () -> night.wire().openWatches() == OTHER_WATCHES);
            assertThat(night.targets().scaledObject("t-1").path("metadata").path("annotations"))
                    .isEmpty();
            assertThat(night.said()).noneMatch(entry -> entry.code().equals("cluster-trouble"));
        }
    }

    /** What happened while we were down: no definition names the namespace, and an object there is still raised. */
    @Test
    void oneThatWasForgottenWhileWeWereDownGetsItsBaselineBackToo() {
        try (StandingNight night = opened()) {
            night.awaitQuiet();
            night.stop();
            removeAll(night);
            night.start(20);

            night.await("the baseline", () -> night.targets().minimum("t-1") == 1);
            night.await("an end of the watches", () -> night.wire().openWatches() == OTHER_WATCHES);
        }
    }
}
