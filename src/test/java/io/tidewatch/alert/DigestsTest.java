package io.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigestsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static List<String> lines(int cured) {
        List<DiaryEntry> entries = IntStream.range(0, cured)
                .mapToObj(i -> new DiaryEntry(
                        NOON, Optional.of(new Target("shop", "app-" + i)), "status-cured", "the status is right again"))
                .toList();
        List<AlertMessage> messages =
                Digests.of(new Alerting.Digest(LocalTime.NOON, ZoneOffset.UTC, List.of("mail")), NOON, entries);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).headline()).contains(cured + " stale statuses");
        return messages.get(0).body().lines().toList();
    }

    @Test
    void asManyAsFitAreListedOneByOne() {
        assertThat(lines(Limits.DIGEST_LINES)).hasSize(Limits.DIGEST_LINES).noneMatch(line -> line.startsWith("and "));
    }

    @Test
    void theNumberOfFurtherLinesIsShown() {
        assertThat(lines(Limits.DIGEST_LINES + 34))
                .hasSize(Limits.DIGEST_LINES + 1)
                .last()
                .isEqualTo("and 34 more");
    }
}
