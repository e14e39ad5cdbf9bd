package io.tidewatch.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeforeRecordTest {

    @Test
    void itIsOneShortLine() {
        assertThat(new BeforeRecord(State.AVAILABILITY_LAG, Optional.of(Cause.UNSCHEDULABLE), 2, 5).text())
                .isEqualTo("AvailabilityLag Unschedulable, 2 of 5 missing");
        assertThat(new BeforeRecord(State.WAITING, Optional.empty(), 1, 5).text())
                .isEqualTo("Waiting, 1 of 5 missing");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Random random = new Random(22);
        for (int i = 0; i < 2_000; i++) {
            int of = random.nextInt(1_000_000_000);
            BeforeRecord record = new BeforeRecord(
                    State.values()[random.nextInt(State.values().length)],
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(Cause.values()[random.nextInt(Cause.values().length)]),
                    of == 0 ? 0 : random.nextInt(of),
                    of);

            assertThat(BeforeRecord.read(record.text())).contains(record);
            assertThat(record.text()).hasSizeLessThan(120);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AvailabilityLag",
                "Lag Unschedulable, 2 of 5 missing",
                "AvailabilityLag Sunspots, 2 of 5 missing",
                "AvailabilityLag Unschedulable, 6 of 5 missing",
                "AvailabilityLag Unschedulable, -2 of 5 missing",
                "AvailabilityLag Unschedulable, 2 of 5000000000 missing",
                "AvailabilityLag Unschedulable, 2 of 5 missing\nand more"
            })
    void anythingElseIsNoRecord(String text) {
        assertThat(BeforeRecord.read(text)).isEmpty();
    }
}
