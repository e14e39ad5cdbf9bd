package io.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.definition.Alerting.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTimeTest {

    private static Digest at(String time, String zone) {
        return new Digest(LocalTime.parse(time), ZoneId.of(zone), List.of("chat"));
    }

    @Test
    void aDigestIsDueFromItsInstantOnAndNotBefore() {
        Digest seoul = at("08:00", "Asia/Seoul");
        Instant eight = Instant.parse("2026-11-22T23:00:00Z");

        assertThat(DigestTime.latest(seoul, eight).at()).isEqualTo(eight);
        assertThat(DigestTime.latest(seoul, eight.minusNanos(1)).at()).isEqualTo(eight.minus(Duration.ofDays(1)));
        assertThat(DigestTime.latest(seoul, eight.minusNanos(1)).next()).isEqualTo(eight);
    }

    @Test
    void oneThatWasMissedIsStillTheLatest() {
        Digest seoul = at("08:00", "Asia/Seoul");
        Instant eight = Instant.parse("2026-11-22T23:00:00Z");

        assertThat(DigestTime.latest(seoul, eight.plus(Duration.ofHours(23))).at())
                .isEqualTo(eight);
    }

    @ParameterizedTest
    @CsvSource({
        // 02:30 does not exist on the last Sunday of March, and comes twice on the last of October
        "02:30, Europe/Berlin, 2026-03-27T00:00:00Z, 5",
        "02:30, Europe/Berlin, 2026-10-23T00:00:00Z, 5",
        "08:00, Europe/Berlin, 2026-03-27T00:00:00Z, 5",
        "08:00, America/New_York, 2026-10-30T00:00:00Z, 5",
        "00:00, America/Santiago, 2026-09-04T00:00:00Z, 5",
        "02:15, Australia/Lord_Howe, 2026-10-02T00:00:00Z, 5"
    })
    void eachLocalDayHasOneDigestAndTheyLeaveNothingOut(String time, String zone, Instant from, int days) {
        Digest digest = at(time, zone);
        DigestTime before = DigestTime.latest(digest, from);
        int digests = 0;
        for (Instant now = from;
                now.isBefore(from.plus(Duration.ofDays(days)));
                now = now.plus(Duration.ofMinutes(5))) {
            DigestTime latest = DigestTime.latest(digest, now);
            assertThat(latest.at()).isBeforeOrEqualTo(now);
            assertThat(latest.next()).isAfter(now);
            if (!latest.equals(before)) {
                digests++;
                assertThat(latest.from())
                        .as("nothing is left out, nothing told twice")
                        .isEqualTo(before.at());
                assertThat(latest.at()).isEqualTo(before.next());
                assertThat(Duration.between(latest.from(), latest.at()))
                        .isBetween(Duration.ofHours(23), Duration.ofHours(25));
            }
            before = latest;
        }
        assertThat(digests).isEqualTo(days);
    }
}
