package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuartzAlarmsTest {

    @Test
    void noAlarmRingsBeforeItsInstant() {
        Instant instant = Instant.parse("2026-11-22T13:30:00.0004Z");

        assertThat(QuartzAlarms.notBefore(instant).toInstant()).isAfter(instant).isBefore(instant.plusMillis(2));
    }

    @Test
    void everyInstantHasADate() {
        assertThat(QuartzAlarms.notBefore(Instant.MIN).toInstant()).isEqualTo(Instant.EPOCH.plusMillis(1));
        assertThat(QuartzAlarms.notBefore(Instant.MAX).toInstant())
                .isEqualTo(Instant.parse("9000-01-01T00:00:00.001Z"));
    }
}
