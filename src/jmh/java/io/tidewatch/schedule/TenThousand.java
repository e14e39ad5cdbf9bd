package io.tidewatch.schedule;

import io.tidewatch.definition.cron.CronText;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Ten thousand schedules of two windows each, in twelve zones: a night by crons and a lunch by duration, every fifth
 * with a lead, every fifth closed on holidays. The same ones each time.
 */
public final class TenThousand {

    static final int SCHEDULES = 10_000;
    public static final Instant NOW = Instant.parse("2026-11-22T13:37:00Z");

    private static final List<String> ZONES = List.of(
            "Asia/Seoul",
            "Europe/Berlin",
            "America/New_York",
            "America/Los_Angeles",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Cairo",
            "Asia/Kolkata",
            "Europe/London",
            "America/Sao_Paulo",
            "Pacific/Auckland",
            "UTC");

    private TenThousand() {}

    public static Instant now() {
        return NOW;
    }

    public static Definitions definitions() {
        SplittableRandom random = new SplittableRandom(20261122L);
        Origin origin = new Origin("shop", "all.yaml", 1);
        List<ScaleSchedule> schedules = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            schedules.add(schedule(i, random, origin));
        }
        Calendar holidays = new Calendar(
                "shop",
                "holidays",
                origin,
                List.of(new Calendar.DateRange(LocalDate.of(2026, 11, 26), LocalDate.of(2026, 11, 27))),
                List.of(MonthDay.of(1, 1)),
                Optional.empty());
        Commit commit = new Commit("shop", "3f2c1ab", "Dana", Instant.EPOCH, "ten thousand");
        FileDefinitions file = new FileDefinitions("all.yaml", "3f2c1ab", schedules, List.of(holidays), List.of());
        TreeMap<String, FileDefinitions> files = new TreeMap<>();
        files.put(file.path(), file);
        return new Definitions(List.of(new SourceDefinitions("shop", commit, files, List.of())));
    }

    private static CronExpression cron(String text) {
        return CronText.parse(text).value().orElseThrow();
    }

    private static ScaleSchedule schedule(int number, SplittableRandom random, Origin origin) {
        Window night = new Window(
                "night",
                new Window.Times.CronToCron(
                        cron(random.nextInt(60) + " " + random.nextInt(20, 24) + " * * "
                                + (random.nextBoolean() ? "*" : "1-5")),
                        cron(random.nextInt(60) + " " + random.nextInt(1, 6) + " * * *")),
                new Window.Minimum.Absolute(7),
                OptionalInt.empty(),
                Window.Lead.of(number % 5 == 0 ? Duration.ofMinutes(10) : Duration.ZERO),
                0,
                number % 5 == 1 ? List.of("holidays") : List.of(),
                List.of(),
                origin);
        Window lunch = new Window(
                "lunch",
                new Window.Times.CronFor(
                        cron(random.nextInt(60) + " " + random.nextInt(10, 14) + " * * 1-5"),
                        Duration.ofMinutes(random.nextInt(30, 180))),
                new Window.Minimum.Share(150),
                OptionalInt.of(40),
                Window.Lead.of(Duration.ZERO),
                1,
                List.of(),
                List.of(),
                origin);
        return new ScaleSchedule(
                "shop",
                "schedule-" + number,
                origin,
                new ScaleSchedule.TargetSelector.ByName("target-" + number),
                ZoneId.of(ZONES.get(number % ZONES.size())),
                false,
                Optional.of(new ScaleSchedule.Baseline(5, OptionalInt.of(20))),
                List.of(night, lunch),
                Checks.DEFAULT,
                ScaleSchedule.ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new ScaleSchedule.AlertRouting(List.of(), Severity.CRITICAL));
    }
}
