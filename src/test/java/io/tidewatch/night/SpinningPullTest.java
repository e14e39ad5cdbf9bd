package io.tidewatch.night;

import static io.tidewatch.night.TwoSources.CROWD;
import static io.tidewatch.night.TwoSources.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.night.TwoSources.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of one source that spin inside JGit for ever, in a process that would end if anything stood still. */
@Tag("full")
class SpinningPullTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-22T17:00:00Z");
    private static final Instant OPENS_AGAIN = Instant.parse("2026-11-22T18:00:00Z");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void theyAreGivenUpAndAllElseGoesOn() {
        Window night = new Window("night", OPENS, ENDS);
        try (TwoSources sources = new TwoSources(folder, BEGINS, 1, 1);
                ReconcilerProcess process = ReconcilerProcess.spawn(ReconcilerMain.ENDS)) {
            sources.commit(CROWD, 1, List.of(night));
            sources.commit(GOOD, 1, List.of(night));
            process.awaitReady();
            process.time(BEGINS);
            sources.startIn(process, "interval: 2s, deadline: 5s");
            sources.await("both are read", () -> read(process, CROWD) == 1 && read(process, GOOD) == 1);

            process.spinAt(sources.urlOf(CROWD));
            process.awaitSpin();
            process.awaitInterruptInVain();
            process.awaitSpin();
            process.awaitInterruptInVain();
            sources.await("two spin, and it is told", () -> said(process, "two of its threads hang") == 1);
            sources.await("it is an incident", () -> said(process, "incident-opened: incident: source " + CROWD) == 1);

            sources.leapTo(OPENS);
            process.time(OPENS);
            sources.await("an edge of the other", () -> sources.minimum(GOOD) == 2);
            sources.await("and of the spinning one, by what was read", () -> sources.minimum(CROWD) == 2);
            sources.commit(GOOD, 1, List.of(night, new Window("late", OPENS_AGAIN, OPENS_AGAIN.plusSeconds(3600))));
            sources.await("the other is pulled and read", () -> read(process, GOOD) == 2);
            for (Instant edge : List.of(ENDS, OPENS_AGAIN)) {
                int before = sources.minimum(GOOD);
                sources.leapTo(edge);
                process.time(edge);
                sources.await("the edge of " + edge, () -> sources.minimum(GOOD) == 3 - before);
            }

            assertThat(process.isAlive()).as("nothing ended it").isTrue();
            assertThat(process.said())
                    .noneMatch(line -> line.contains("the process ends"))
                    .noneMatch(line -> line.contains("source " + CROWD + " is read again"))
                    .noneMatch(line -> line.contains("source " + CROWD + " is pulled again"));
            assertThat(process.errors()).noneMatch(line -> line.contains("the process ends"));
        }
    }

    private static long read(ReconcilerProcess process, String source) {
        return said(process, " of " + source + " (");
    }

    private static long said(ReconcilerProcess process, String words) {
        return process.said().stream().filter(line -> line.contains(words)).count();
    }
}
