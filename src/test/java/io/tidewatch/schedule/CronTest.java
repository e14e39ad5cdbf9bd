package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final long SEED = 20261122L;
    private static final int ROUNDS = Integer.getInteger("tidewatch.crons", 60);

    /** In December 2026 the 1st is a Tuesday. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 * * 7       | 6 13 20 27",
                "0 0 * * SUN     | 6 13 20 27",
                "0 0 * * 5-7     | 4 5 6 11 12 13 18 19 20 25 26 27",
                "0 0 * * fri-sun | 4 5 6 11 12 13 18 19 20 25 26 27",
                "0 0 1,15 * *    | 1 15",
                "0 0 1 * 1       | 1 7 14 21 28",
                "0 0 */10 * *    | 1 11 21 31",
                "0 0 */10 * 1    | 1 7 11 14 21 28 31",
                "0 0 */1 * 1     | 7 14 21 28",
                "0 0 25/3 * *    | 25 28 31",
                "0 0 29/1 * *    | 29 30 31",
                "0 0 1-10/4 * *  | 1 5 9",
                "0 0 *,13 * 1    | 7 14 21 28",
                "0 0 1-31 * 1    | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31",
                "0 0 * * 4/2     | 3 5 10 12 17 19 24 26 31",
                "0 0 * * 7/3     | 2 5 6 9 12 13 16 19 20 23 26 27 30",
                "0 0 * * sun-sun | 6 13 20 27",
                "0 0 * * sun-7   | 6 13 20 27",
                "0 0 * * sun-mon | 6 7 13 14 20 21 27 28",
                "0 0 * * */7     | 6 13 20 27",
                "0 0 * * 5-7/7   | 4 11 18 25",
                "0 0 13 * fri    | 4 11 13 18 25",
                "0 0 31 DEC *    | 31",
                "0 0 31 nov *    | ''",
            })
    void daysAreThoseOfACronJob(String text, String days) {
        Cron cron = CronTexts.cron(text);
        String matching = IntStream.rangeClosed(1, 31)
                .filter(day -> cron.matchesDate(LocalDate.of(2026, 12, day)))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        assertThat(matching).isEqualTo(days);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 2 *"})
    void datesThatNoYearHasNeverFire(String text) {
        Cron cron = CronTexts.cron(text);
        assertThat(CronTexts.expression(text).neverFires()).isTrue();
        assertThat(cron.after(LocalDateTime.of(2026, 1, 1, 0, 0))).isEmpty();
        assertThat(cron.atOrBefore(LocalDateTime.of(2026, 1, 1, 0, 0))).isEmpty();
    }

    @Test
    void weekdayBesideAnImpossibleDateStillFires() {
        assertThat(CronTexts.expression("0 0 30 2 1").neverFires()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@daily", "0 0 * *", "60 * * * *", "0 0 0 * *", "0 0 * * 8", "0 0 L * *", "5-1 * * * *"})
    void othersAreRejected(String text) {
        assertThatThrownBy(() -> CronTexts.cron(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterAndAtOrBeforeAgreeWithTryingEveryMinute() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Set<Integer> minutes = some(random, 0, 59, 6);
            Set<Integer> hours = some(random, 0, 23, 4);
            Set<Integer> months = some(random, 1, 12, 8);
            Set<Integer> days = random.nextBoolean() ? Set.of() : some(random, 1, 31, 5);
            Set<Integer> weekdays = random.nextBoolean() ? Set.of() : some(random, 0, 7, 3);
            String text =
                    list(minutes) + " " + list(hours) + " " + list(days) + " " + list(months) + " " + list(weekdays);
            LocalDateTime from = LocalDate.of(2024, 1, 1)
                    .plusDays(random.nextInt(3000))
                    .atTime(random.nextInt(24), random.nextInt(60));
            IntPredicate weekday = day -> weekdays.contains(day) || (day == 7 && weekdays.contains(0));
            Predicate<LocalDateTime> matches = time -> matches(time, minutes, hours, months, days, weekdays, weekday);
            Optional<LocalDateTime> next = first(from.plusMinutes(1), 1, matches);
            Cron cron = CronTexts.cron(text);
            assertThat(cron.after(from))
                    .as("seed %d: %s after %s", SEED, text, from)
                    .isEqualTo(next);
            assertThat(CronTexts.expression(text).neverFires()).as(text).isEqualTo(next.isEmpty());
            next.ifPresent(time -> assertThat(cron.atOrBefore(time)).as(text).contains(time));
            assertThat(cron.atOrBefore(from))
                    .as("seed %d: %s up to %s", SEED, text, from)
                    .isEqualTo(first(from, -1, matches));
        }
    }

    /** Tries every minute of ten years, which hold a 29 February on more than one weekday. */
    private static Optional<LocalDateTime> first(LocalDateTime from, int step, Predicate<LocalDateTime> matches) {
        LocalDateTime time = from;
        while (Math.abs(time.getYear() - from.getYear()) <= 10) {
            if (matches.test(time)) {
                return Optional.of(time);
            }
            time = time.plusMinutes(step);
        }
        return Optional.empty();
    }

    private static boolean matches(
            LocalDateTime time,
            Set<Integer> minutes,
            Set<Integer> hours,
            Set<Integer> months,
            Set<Integer> days,
            Set<Integer> weekdays,
            IntPredicate weekday) {
        boolean byMonth = days.contains(time.getDayOfMonth());
        boolean byWeek = weekday.test(time.getDayOfWeek().getValue());
        boolean day = days.isEmpty() ? weekdays.isEmpty() || byWeek : byMonth || byWeek;
        return day
                && minutes.contains(time.getMinute())
                && hours.contains(time.getHour())
                && months.contains(time.getMonthValue());
    }

    private static Set<Integer> some(SplittableRandom random, int first, int last, int most) {
        Set<Integer> some = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(most); i++) {
            some.add(random.nextInt(first, last + 1));
        }
        return some;
    }

    private static String list(Set<Integer> values) {
        return values.isEmpty() ? "*" : values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
