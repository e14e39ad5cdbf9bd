package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.schedule.DesiredStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} says under NEXT. */
class NextChangeTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant OVER = Instant.parse("2026-11-25T00:00:00Z");
    private static final String ONE_OFF = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows:
                - {name: sale, from: 2026-11-24T18:00, until: 2026-11-24T20:00, minReplicas: 7}
            """;

    @TempDir
    Path folder;

    @Test
    void afterAOneOffThatHasEndedComesTheNextWindowOrNothing() throws IOException {
        assertThat(next(ONE_OFF)).isEmpty();
        assertThat(next(ONE_OFF + "    - {name: peak, start: \"30 22 * * *\", end: \"0 2 * * *\", minReplicas: 7}\n"))
                .contains(Instant.parse("2026-11-25T13:30:00Z"));
        assertThat(next(ONE_OFF
                        + "    - {name: launch, from: 2026-12-24T18:00, until: 2026-12-26T02:00, minReplicas: 12}\n"))
                .contains(Instant.parse("2026-12-24T09:00:00Z"));
    }

    @Test
    void aWeekdayIsShownWithinAWeekAndADateBeyond() {
        assertThat(StatusTable.next(Instant.parse("2026-11-25T13:30:00Z"), OVER, SEOUL))
                .isEqualTo("Wed 22:30");
        assertThat(StatusTable.next(Instant.parse("2026-12-24T09:00:00Z"), OVER, SEOUL))
                .isEqualTo("2026-12-24 18:00");
    }

    private Optional<Instant> next(String schedule) throws IOException {
        Path file = Files.writeString(folder.resolve("schedule.yaml"), schedule);
        Definitions definitions =
                new Definitions(List.of(Offline.read(List.of(file.toString()), Scope.ALL, Schemas.NEWEST)
                        .definitions()));
        return Objects.requireNonNull(
                        DesiredStates.at(definitions, OVER).desired().get(new Target("shop", "checkout")))
                .next();
    }
}
