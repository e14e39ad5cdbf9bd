package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.night.PlayedNight.Chapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Delays, cut and reset connections, 429, 500, 503, truncated answers and watches, a slow server, at every stage of a night:
 * it ends as it ends in fair weather, without a false incident and without a stack trace. Before one edge all watches are cut
 * and what they would resume from is forgotten (410 Gone), before the other the API server is away for a while.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadWeatherTest {

    private static final long SEED = Long.getLong("tidewatch.weather.seed", 20261122L);

    /** Requests that find no API server: two of each watch, more or less. */
    private static final int AWAY = 14;

    @TempDir
    private Path folder;

    private int nights;

    @Test
    @Tag("full")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void inBadWeatherOverTlsTheNightEndsAsItWould() throws IOException {
        try (KilledApplication application = new KilledApplication()) {
            BadWeather weather = new BadWeather(SEED, 0.2);
            play(application, weather);

            assertThat(weather.struck()).as("requests that were struck").hasSizeGreaterThan(5);
        }
    }

    /** {@code -Dtidewatch.weather.nights=N}. */
    @Test
    @EnabledIfSystemProperty(
            named = "tidewatch.weather.nights",
            matches = "\\d+",
            disabledReason = "longer than a build: see docs/verification.md")
    void nightAfterNightInBadWeatherEndsAsItWould() throws IOException {
        try (KilledApplication application = new KilledApplication()) {
            BadWeather weather = new BadWeather(SEED, 0.3);
            for (int night = 0; night < Integer.getInteger("tidewatch.weather.nights"); night++) {
                play(application, weather);
            }
            weather.struck()
                    .forEach((label, met) -> System.out.println(label + ": " + met.size() + " of " + BadWeather.kinds()
                            + " kinds, "
                            + met.values().stream().mapToInt(Integer::intValue).sum() + " times"));
        }
    }

    private static void worse(PlayedNight night, BadWeather weather, Chapter chapter) {
        if (chapter == Chapter.EDGE_UP) {
            night.playground().cluster().forgetHistory();
            night.cluster().cutAll();
        } else if (chapter == Chapter.EDGE_DOWN) {
            weather.refuseNext(AWAY);
            night.cluster().cutAll();
        }
    }

    private void play(KilledApplication application, BadWeather weather) throws IOException {
        application.dieBy(KillPlan.none());
        Path state = Files.createDirectory(folder.resolve("night-" + nights++));
        try (PlayedNight night = PlayedNight.open(state, weather, Certificates.selfSigned(state))) {
            NightEnd end = night.play(application, chapter -> worse(night, weather, chapter));
            String what = "night " + nights + ", seed " + SEED + ", weather " + weather.struck() + ", it said\n  "
                    + String.join("\n  ", application.said()) + "\nand logged\n  "
                    + String.join("\n  ", application.logged());

            end.assertGood(what);
            assertThat(application.logged())
                    .as("%s: stack traces", what)
                    .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Exception"));
            System.out.println(
                    "night " + nights + ": " + night.cluster().requests().size() + " requests; said "
                            + application.said().size() + " lines, logged "
                            + application.logged().size());
        }
    }
}
