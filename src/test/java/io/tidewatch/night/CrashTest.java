package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.wire.WireRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A real process, killed for real right before and right after requests of a night, to the API server and to Slack; the
 * next one finds the same state directory. However often, the night ends as it ends undisturbed.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {

    private static final long SEED = Long.getLong("tidewatch.crash.seed", 20261122L);

    /** In a build. */
    private static final int DEATHS = 3;

    @TempDir
    private Path folder;

    private int nights;

    @Test
    @Tag("full")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void killedAtSomeRequestsTheNightEndsAsItWould() throws IOException {
        try (KilledApplication application = new KilledApplication()) {
            play(application, KillPlan.random(SEED, 24, DEATHS));

            assertThat(application.died()).as("deaths, seed %d", SEED).hasSize(DEATHS);
        }
    }

    /** {@code -Dtidewatch.crash.at="before patch rollouts shop/cart #1, after ..."} plays a night again. */
    @Test
    @EnabledIfSystemProperty(
            named = "tidewatch.crash.at",
            matches = ".+",
            disabledReason = "for a night that went wrong in a walk")
    void killedAtTheseMomentsTheNightEndsAsItWould() throws IOException {
        List<KillPoint> points = Stream.of(
                        System.getProperty("tidewatch.crash.at").split(",\\s*"))
                .map(KillPoint::parse)
                .toList();
        try (KilledApplication application = new KilledApplication()) {
            for (int night = 0; night < Integer.getInteger("tidewatch.crash.nights", 1); night++) {
                play(application, KillPlan.at(points));

                assertThat(application.died()).containsExactlyInAnyOrderElementsOf(points);
            }
        }
    }

    /** {@code -Dtidewatch.crash.share=1} walks all of them, 0.1 a tenth; {@code tidewatch.crash.together} deaths a night. */
    @Test
    @EnabledIfSystemProperty(
            named = "tidewatch.crash.share",
            matches = ".+",
            disabledReason = "longer than a build: see docs/verification.md")
    void killedBeforeAndAfterEachRequestTheNightEndsAsItWould() throws IOException {
        int together = Integer.getInteger("tidewatch.crash.together", 1);
        try (KilledApplication application = new KilledApplication()) {
            List<KillPoint> points = sample(pointsOf(play(application, KillPlan.none())));
            List<KillPoint> missed = new ArrayList<>();
            int apart = Math.max(1, (points.size() + together - 1) / together);
            for (int first = 0; first < apart; first++) {
                List<KillPoint> planned = everyFrom(points, first, apart);
                play(application, KillPlan.at(planned));
                System.out.println("night " + nights + ": " + application.died());
                planned.stream()
                        .filter(point -> !application.died().contains(point))
                        .forEach(missed::add);
            }
            System.out.println(points.size() - missed.size() + " of " + points.size() + " moments in " + nights
                    + " nights; in their nights these requests did not come: " + missed);
            assertThat(missed.size())
                    .as("moments of the recorded night that did not come again")
                    .isLessThanOrEqualTo(points.size() / 20);
        }
    }

    private List<WireRequest> play(KilledApplication application, KillPlan plan) throws IOException {
        application.dieBy(plan);
        Path state = Files.createDirectory(folder.resolve("night-" + nights++));
        try (PlayedNight night = PlayedNight.open(state, application)) {
            NightEnd end = night.play(application, chapter -> {});
            String what = "killed " + application.died() + ", seed " + SEED + ", it said\n  "
                    + String.join("\n  ", application.said()) + "\nand logged\n  "
                    + String.join("\n  ", application.logged());

            end.assertGood(what);
            assertThat(application.logged())
                    .as("%s: stack traces", what)
                    .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Exception"));
            return Stream.concat(night.cluster().requests().stream(), night.slack().requests().stream())
                    .filter(request -> !HeartbeatPaths.contain(request.path()))
                    .toList();
        }
    }

    private static List<KillPoint> pointsOf(List<WireRequest> recorded) {
        Map<String, Integer> seen = new HashMap<>();
        List<KillPoint> points = new ArrayList<>();
        for (WireRequest request : recorded) {
            int occurrence = seen.merge(request.label(), 1, Integer::sum);
            points.add(new KillPoint(request.label(), occurrence, true));
            points.add(new KillPoint(request.label(), occurrence, false));
        }
        return points;
    }

    private static List<KillPoint> sample(List<KillPoint> points) {
        double share = Double.parseDouble(System.getProperty("tidewatch.crash.share", "1"));
        return everyFrom(points, 0, (int) Math.max(1, Math.round(1 / share)));
    }

    private static List<KillPoint> everyFrom(List<KillPoint> points, int first, int step) {
        List<KillPoint> some = new ArrayList<>();
        for (int i = first; i < points.size(); i += step) {
            some.add(points.get(i));
        }
        return some;
    }
}
