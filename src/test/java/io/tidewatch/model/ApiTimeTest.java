package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTimeTest {

    private static final String CHARACTERS = "0123456789-:.TZtz+ ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T17:15:12Z", "2024-02-29T00:00:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                "2026-00-10T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T24:00:01Z",
                "2016-12-31T23:59:60Z", "2026-11-23T17:60:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
                "-001-01-01T00:00:00Z", "2026-11-23T17:15:12.5Z", "2026-11-23T17:15:12+09:00", "2026-11-23t17:15:12z",
                "2026-11-23T17:15Z", "", "today", "٢٠٢٦-11-23T17:15:12Z"
            })
    void readsAsTheJdkReads(String text) {
        assertThat(read(text)).isEqualTo(asTheJdk(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void readsAnyInstantAndAnySlipAsTheJdkReads(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String right = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L))
                    .toString();
            StringBuilder slip = new StringBuilder(right);
            slip.setCharAt(random.nextInt(slip.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));

            assertThat(read(right)).isEqualTo(asTheJdk(right)).isPresent();
            assertThat(read(slip.toString())).as(slip.toString()).isEqualTo(asTheJdk(slip.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void writesAsTheJdkWrites(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Instant whole = Instant.ofEpochSecond(random.nextLong(-62_200_000_000L, 253_500_000_000L));
            Instant any = whole.plusNanos(random.nextInt(1_000_000_000));

            assertThat(ApiTime.text(whole)).isEqualTo(whole.toString());
            assertThat(ApiTime.text(any)).isEqualTo(any.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-62_167_219_201L, -62_167_219_200L, 0, 253_402_300_799L, 253_402_300_800L})
    void writesTheEndsOfTheForm(long second) {
        Instant at = Instant.ofEpochSecond(second);

        assertThat(ApiTime.text(at)).isEqualTo(at.toString());
    }

    private static Optional<Instant> read(String text) {
        try {
            return Optional.of(ApiTime.parse(text));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> asTheJdk(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}
